/** The body of a reply made of server-sent events; what is sent once it is closed is dropped. */
export class EventBody {
  readonly stream: ReadableStream<Uint8Array>;
  /** Resolves with the first thing sent. */
  readonly begun: Promise<void>;
  readonly #encoder = new TextEncoder();
  readonly #begin: () => void;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(onLeave: () => void) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.begun = promise;
    this.#begin = resolve;
    this.stream = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      cancel: () => {
        this.#controller = undefined;
        onLeave();
      },
    });
  }

  send(event: string, data: unknown): void {
    // JSON has no line ends of its own, which would end the data.
    this.#write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** A comment, which readers skip. */
  beat(): void {
    this.#write(': waiting\n\n');
  }

  end(): void {
    this.#controller?.close();
    this.#controller = undefined;
  }

  #write(text: string): void {
    this.#controller?.enqueue(this.#encoder.encode(text));
    this.#begin();
  }
}
