import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type BatchEnding,
  describeBatch,
  type FakeBatch,
  type FakeLine,
  findProblem,
  resultsOf,
  vectorOf,
} from './batch-jobs.ts';
import { LoopbackServer } from './loopback-server.ts';

/** What the next request to a path meets. */
export type BatchFault =
  | { readonly kind: 'status'; readonly status: number }
  /** Nothing is done, no answer comes. */
  | { readonly kind: 'hang' }
  /** The work is done, then the connection breaks. */
  | { readonly kind: 'lost-reply' }
  /** The work is done, no answer comes. */
  | { readonly kind: 'done-and-hang' }
  /** Half of the body, then the connection breaks. */
  | { readonly kind: 'cut' };

type Route = 'embeddings' | 'upload' | 'create' | 'list' | 'state' | 'content';

interface Script {
  /** How the next batches end; then all complete. */
  readonly endings: BatchEnding[];
  /** How often the next batches say that they run. */
  looks: number;
  /** Why a request fails, asked each time it is processed. */
  refuse: (line: FakeLine) => string | undefined;
  mostInputs: number;
}

/**
 * OpenAI's Batch API for embeddings on a loopback port, with its limits. A refusal tells the key
 * back, as some proxies do.
 */
export class FakeBatchServer extends LoopbackServer {
  readonly batches: FakeBatch[] = [];
  /** Every request, oldest first. */
  readonly calls: Route[] = [];
  readonly script: Script = {
    endings: [],
    looks: 0,
    refuse: () => undefined,
    mostInputs: 50_000,
  };
  readonly #files = new Map<string, readonly FakeLine[]>();
  readonly #faults = new Map<Route, BatchFault[]>();

  static start(): Promise<FakeBatchServer> {
    return new FakeBatchServer().listen();
  }

  /** The titles asked for in each batch, sorted; the second text of a request is the title. */
  get titles(): readonly (readonly string[])[] {
    return this.batches.map(({ lines }) => lines.map(({ body }) => body.input[1] ?? '').toSorted());
  }

  fail(route: Route, ...faults: readonly BatchFault[]): void {
    this.#faults.set(route, [...(this.#faults.get(route) ?? []), ...faults]);
  }

  /** Forgets the results of all batches, as after 30 days. */
  forget(): void {
    this.batches.length = 0;
  }

  protected async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const route = routeOf(request);
    const key = request.headers.authorization?.match(/^Bearer (.+)$/)?.[1];
    if (key === undefined) return refuse(response, 401, 'You did not provide an API key.');
    if (route === undefined) return refuse(response, 404, 'No such path.');
    this.calls.push(route);
    const fault = this.#faults.get(route)?.shift();
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'status') return refuse(response, fault.status, `Refused for ${key}.`);
    const reply = await this.#work(route, request, body);
    if (fault?.kind === 'done-and-hang') return;
    if (fault?.kind === 'lost-reply') return void request.socket.destroy();
    if (fault?.kind === 'cut') return void cut(response, reply);
    respond(response, reply);
  }

  async #work(route: Route, request: IncomingMessage, body: Buffer): Promise<Reply> {
    const id = request.url?.split('/')[3]?.split('?')[0] ?? '';
    switch (route) {
      case 'embeddings':
        return ok(embed(JSON.parse(body.toString())));
      case 'upload':
        return this.#upload(request, body);
      case 'create':
        return this.#create(JSON.parse(body.toString()));
      case 'list':
        return ok(this.#list(new URL(request.url ?? '', this.baseUrl).searchParams.get('after')));
      case 'state':
        return this.#state(id);
      case 'content':
        return this.#content(id);
    }
  }

  async #upload(request: IncomingMessage, body: Buffer): Promise<Reply> {
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    const form = await new Response(new Uint8Array(body), { headers }).formData();
    const file = form.get('file');
    if (form.get('purpose') !== 'batch' || !(file instanceof File)) return wrong('No batch file.');
    const lines = (await file.text())
      .trimEnd()
      .split('\n')
      .map((line): FakeLine => JSON.parse(line));
    const problem = findProblem(lines, file.size, this.script.mostInputs);
    if (problem !== undefined) return wrong(problem);
    const id = `file-${this.#files.size + 1}`;
    this.#files.set(id, lines);
    return ok({ id, object: 'file', purpose: 'batch', bytes: file.size });
  }

  #create(asked: {
    readonly input_file_id: string;
    readonly endpoint: string;
    readonly completion_window: string;
    readonly metadata: Readonly<Record<string, string>>;
  }): Reply {
    const lines = this.#files.get(asked.input_file_id);
    if (lines === undefined) return wrong('There is no such file.');
    if (asked.endpoint !== '/v1/embeddings' || asked.completion_window !== '24h')
      return wrong('Another endpoint or window.');
    const ending = this.script.endings.shift() ?? 'completed';
    const id = `batch_${this.batches.length + 1}`;
    const looksLeft = this.script.looks;
    const batch = { id, metadata: asked.metadata, lines, ending, looksLeft };
    this.batches.push(batch);
    return ok(describeBatch(batch));
  }

  /** Two a page, the latest first. */
  #list(after: string | null) {
    const latest = this.batches.toReversed();
    const from = after === null ? 0 : latest.findIndex(({ id }) => id === after) + 1;
    const data = latest.slice(from, from + 2).map(describeBatch);
    return { object: 'list', data, has_more: from + 2 < latest.length, last_id: data.at(-1)?.id };
  }

  #state(id: string): Reply {
    const batch = this.batches.find((one) => one.id === id);
    if (batch === undefined) return { status: 404, text: JSON.stringify({ error: {} }) };
    if (batch.looksLeft === 0) batch.results ??= resultsOf(batch, this.script.refuse);
    else batch.looksLeft -= 1;
    return ok(describeBatch(batch));
  }

  #content(id: string): Reply {
    const [kind, ...rest] = id.split('-');
    const batch = this.batches.find((one) => one.id === rest.join('-'));
    if (batch === undefined) return { status: 404, text: JSON.stringify({ error: {} }) };
    const lines = (kind === 'output' ? batch.results?.output : batch.results?.errors) ?? [];
    return { status: 200, text: lines.map((line) => `${line}\n`).join('') };
  }
}

interface Reply {
  readonly status: number;
  readonly text: string;
}

function ok(body: unknown): Reply {
  return { status: 200, text: JSON.stringify(body) };
}

function wrong(message: string): Reply {
  return { status: 400, text: JSON.stringify({ error: { message } }) };
}

function routeOf({ method, url = '' }: IncomingMessage): Route | undefined {
  const call = `${method} ${url.split('?')[0]}`;
  if (call === 'POST /v1/embeddings') return 'embeddings';
  if (call === 'POST /v1/files') return 'upload';
  if (call === 'POST /v1/batches') return 'create';
  if (call === 'GET /v1/batches') return 'list';
  if (/^GET \/v1\/batches\/[^/]+$/.test(call)) return 'state';
  return /^GET \/v1\/files\/[^/]+\/content$/.test(call) ? 'content' : undefined;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces);
}

function embed({ input }: { readonly input: string | readonly string[] }) {
  const texts = typeof input === 'string' ? [input] : input;
  const data = texts.map((text, index) => ({ index, embedding: vectorOf(text) }));
  return { object: 'list', data, usage: { prompt_tokens: 1, total_tokens: 1 } };
}

function cut(response: ServerResponse, { text }: Reply): void {
  response.writeHead(200, { 'content-length': Buffer.byteLength(text) });
  response.write(text.slice(0, text.length / 2), () => response.destroy());
}

function refuse(response: ServerResponse, status: number, message: string): void {
  respond(response, { status, text: JSON.stringify({ error: { message } }) });
}

function respond(response: ServerResponse, { status, text }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(text);
}
