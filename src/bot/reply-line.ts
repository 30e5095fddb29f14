import { within } from '../llm/time-limit.ts';
import type { Log } from '../log.ts';
import type { GrownSentence, Reply } from './reply.ts';

/** Makes the calls to a Reply one at a time: platforms double text that is sent side by side. */
export interface ReplyLine {
  /** Shown when the line is free, unless a later status came first, and again from time to time. Never throws. */
  status(text: string): void;
  /** Shown in order. Never throws. */
  sentence(grown: GrownSentence): void;
  /** Ends when all was shown or given up. */
  idle(): Promise<void>;
  /**
   * Drops what was not begun, waits for what was, then for the platform; the status is still shown
   * again meanwhile. Rejects when aborted.
   */
  ready(signal: AbortSignal): Promise<void>;
  /** Drops what was not begun, waits for what was, then makes the last call. */
  end<T>(last: (reply: Reply) => Promise<T>): Promise<T>;
  /** Shows nothing more; somebody else may. */
  drop(): void;
}

interface ReplyLineOptions {
  readonly reply: Reply;
  readonly log: Pick<Log, 'warn'>;
  /** How long a status or a sentence may take; then the line goes on without it. */
  readonly stepMs: number;
  /** How often the status is shown again, for platforms take it away after a while. */
  readonly renewMs: number;
  /** Whether it is still ours to show. */
  readonly mayRenew: () => Promise<boolean>;
}

type Step = (signal: AbortSignal) => Promise<void>;

export function createReplyLine(options: ReplyLineOptions): ReplyLine {
  const { reply, log, stepMs } = options;
  const waiting: { readonly kind: 'status' | 'sentence'; readonly step: Step }[] = [];
  let running: Promise<void> | undefined;
  let isEnded = false;
  let lastStatus = '';
  const clock = createClock(options.renewMs, () => void renew());
  const run = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { kind, step } = next;
      try {
        await within(stepMs, step);
      } catch (error) {
        // The answer matters, and it comes whole at the end.
        log.warn('bot.step-not-shown', { kind, err: error });
      }
    }
    running = undefined;
  };
  const add = (kind: 'status' | 'sentence', step: Step) => {
    if (isEnded) return;
    if (kind === 'status' && waiting.at(-1)?.kind === 'status') waiting.pop();
    waiting.push({ kind, step });
    running ??= run();
  };
  const show = (text: string) => {
    add('status', (signal) => reply.status(text, signal));
    if (!isEnded) clock.start();
  };
  const renew = async () => {
    if (await options.mayRenew().catch(() => true)) show(lastStatus);
    else drop();
  };
  const drop = () => {
    isEnded = true;
    waiting.length = 0;
    clock.stop();
  };
  return {
    status(text) {
      if (text === lastStatus) return;
      lastStatus = text;
      show(text);
    },
    sentence: (grown) => add('sentence', (signal) => reply.sentence(grown, signal)),
    idle: () => running ?? Promise.resolve(),
    async ready(signal) {
      waiting.length = 0;
      await running;
      await reply.ready?.(signal);
    },
    async end(last) {
      drop();
      await running;
      return last(reply);
    },
    drop,
  };
}

/** Rings once, so long after the last start. */
function createClock(ms: number, ring: () => void) {
  let timer: NodeJS.Timeout | undefined;
  const stop = () => clearTimeout(timer);
  return {
    start() {
      stop();
      timer = setTimeout(ring, ms);
    },
    stop,
  };
}
