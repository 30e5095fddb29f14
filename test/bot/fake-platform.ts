import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Failure } from '../../src/bot/failure.ts';
import type {
  Delivery,
  Final,
  GrownSentence,
  Reply,
  ReplyAddress,
  ReplyDoor,
} from '../../src/bot/reply.ts';

/** One thing that reached the platform. */
export interface Sent {
  readonly key: string;
  readonly messageId: string;
  readonly kind: 'status' | 'sentence' | 'final' | 'fail';
  readonly text: string;
  readonly isRepeat?: boolean;
}

type Fault = 'fail' | 'hang' | 'fail-after-sending' | Error;

interface FakePlatformOptions {
  /** A file that outlives the process: what the platform has, one JSON object a line. */
  readonly journal?: string;
  /** How long each call takes, in milliseconds. */
  readonly delayMs?: number;
}

/** A platform that records all that is sent to it, and fails or hangs when it is told to. */
export class FakePlatform implements ReplyDoor {
  readonly sent: Sent[] = [];
  readonly finals: Final[] = [];
  readonly opened: ReplyAddress[] = [];
  /** The most calls for one message that were under way at once. */
  mostAtOnce = 0;
  readonly #options: FakePlatformOptions;
  readonly #faults: { readonly on: 'step' | 'end'; readonly fault: Fault }[] = [];
  readonly #underWay = new Map<string, number>();

  constructor(options: FakePlatformOptions = {}) {
    this.#options = options;
  }

  /** The next status or sentence, or the next end, meets this fault; faults queue up. */
  faultNext(on: 'step' | 'end', fault: Fault): this {
    this.#faults.push({ on, fault });
    return this;
  }

  /** What stands on the platform as the end of a reply: finals and failures, without repeats. */
  get ends(): readonly Sent[] {
    const kept = this.#options.journal === undefined ? this.sent : readJournal(this.#options);
    return kept.filter(({ kind }) => kind === 'final' || kind === 'fail');
  }

  statuses(messageId: string): readonly string[] {
    return this.sent
      .filter((sent) => sent.kind === 'status' && sent.messageId === messageId)
      .map(({ text }) => text);
  }

  open(address: ReplyAddress): Reply {
    this.opened.push(address);
    const { deliveryKey: key, message } = address;
    const send = (kind: Sent['kind'], text: string, delivery?: Delivery) =>
      this.#send({
        key,
        messageId: message.messageId,
        kind,
        text,
        ...(delivery && { isRepeat: delivery.isRepeat }),
      });
    return {
      status: (text) => send('status', text),
      sentence: ({ sentence }: GrownSentence) => send('sentence', sentence.text),
      final: async (final, delivery) => {
        await send('final', textOf(final), delivery);
        this.finals.push(final);
      },
      fail: (failure: Failure, delivery) => send('fail', failure.text, delivery),
    };
  }

  async #send(sent: Sent): Promise<void> {
    const isEnd = sent.kind === 'final' || sent.kind === 'fail';
    const atOnce = (this.#underWay.get(sent.key) ?? 0) + 1;
    this.#underWay.set(sent.key, atOnce);
    this.mostAtOnce = Math.max(this.mostAtOnce, atOnce);
    try {
      await pause(this.#options.delayMs ?? 0);
      const fault = this.#faultFor(isEnd ? 'end' : 'step');
      if (fault === 'hang') await new Promise(() => {});
      if (fault === 'fail') throw new Error('secret: the platform said 503');
      if (fault instanceof Error) throw fault;
      // As a room of a real platform would: look for the key before sending a second end.
      const isThere = sent.isRepeat === true && this.ends.some(({ key }) => key === sent.key);
      if (!isThere) this.#record(sent);
      if (fault === 'fail-after-sending') throw new Error('secret: the connection broke');
    } finally {
      this.#underWay.set(sent.key, (this.#underWay.get(sent.key) ?? 1) - 1);
    }
  }

  #faultFor(on: 'step' | 'end'): Fault | undefined {
    const at = this.#faults.findIndex((fault) => fault.on === on);
    return at === -1 ? undefined : this.#faults.splice(at, 1)[0]?.fault;
  }

  #record(sent: Sent): void {
    this.sent.push(sent);
    const { journal } = this.#options;
    if (journal !== undefined) appendFileSync(journal, `${JSON.stringify(sent)}\n`);
  }
}

/** What a platform that lives in a journal has been sent. */
export function readJournal({ journal = '' }: FakePlatformOptions): readonly Sent[] {
  if (!existsSync(journal)) return [];
  const lines = readFileSync(journal, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Sent); // written by #record
}

function textOf(final: Final): string {
  switch (final.kind) {
    case 'answer':
      return final.turn.answer.text;
    case 'result':
      return 'text' in final.result ? final.result.text : JSON.stringify(final.result);
    case 'refused':
    case 'stopped':
      return final.text;
  }
}

function pause(ms: number): Promise<unknown> {
  return ms === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}
