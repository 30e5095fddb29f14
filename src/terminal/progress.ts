import { type Options, SingleBar } from 'cli-progress';
import { safeText } from './safe-text.ts';
import { displayWidth, wrapText } from './wrap-text.ts';

/** How far a long task is; `end` may be called more than once and closes it, finished or not. */
export interface Progress {
  update(done: number, note?: string): void;
  end(): void;
}

interface ProgressOptions {
  /** Standard error, so that standard output holds nothing but results. */
  readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly label: string;
  readonly total: number;
  readonly silent?: boolean;
  readonly now?: () => number;
}

const LINE_EVERY_MS = 5_000;
const LONGEST_NOTE = 40;
const WIDEST_BAR = 40;
/** Columns beside label and bar: percentage, counts and signs between. */
const COUNTS_WIDTH = 26;

/** A bar on a terminal; elsewhere, such as in a log, a plain line every five seconds and one last. */
export function createProgress(options: ProgressOptions): Progress {
  if (options.silent) return { update() {}, end() {} };
  return options.stream.isTTY ? createBar(options) : createLines(options);
}

function createBar({ stream, label, total }: ProgressOptions): Progress {
  const name = shorten(label);
  const room = (stream.columns ?? 80) - displayWidth(name) - COUNTS_WIDTH;
  const settings: Options = {
    stream,
    format: '{name} [{bar}] {percentage}% {value}/{total} {note}',
    barsize: Math.min(Math.max(room, 5), WIDEST_BAR),
    // The terminal keeps its own wrapping, which a crash would else leave switched off.
    linewrap: true,
    gracefulExit: false,
  };
  const bar = new SingleBar(settings);
  bar.start(total, 0, { name, note: '' });
  return {
    update: (done, note = '') => bar.update(done, { note: shorten(note) }),
    end: () => bar.stop(),
  };
}

function createLines({ stream, label, total, now = Date.now }: ProgressOptions): Progress {
  let last = now();
  let line = lineOf(0, '');
  let isOpen = true;
  function lineOf(done: number, note: string): string {
    return `${`${shorten(label)} ${done}/${total} ${shorten(note)}`.trimEnd()}\n`;
  }
  return {
    update(done, note = '') {
      line = lineOf(done, note);
      if (!isOpen || now() - last < LINE_EVERY_MS) return;
      last = now();
      stream.write(line);
    },
    end() {
      if (isOpen) stream.write(line);
      isOpen = false;
    },
  };
}

function shorten(text: string): string {
  const [first = '', ...more] = wrapText(safeText(text), LONGEST_NOTE);
  return more.length === 0 ? first : `${first}…`;
}
