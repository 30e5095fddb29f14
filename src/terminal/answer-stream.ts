import type { Intent } from '../answer/answer.ts';
import type { AnswerEvent } from '../answer/answerer.ts';
import { paintMarkers, withMarkers } from './answer-page.ts';
import { type RenderAnswerOptions, renderAnswer, renderBelow } from './render-answer.ts';
import { createStyle } from './style.ts';
import { wrapText } from './wrap-text.ts';

/** An answer on its way to a terminal. */
export interface AnswerStream {
  onEvent(event: AnswerEvent): void;
  /** Writes what is not there yet: all of it, or what stands below the sentences. */
  finish(options: Pick<RenderAnswerOptions, 'question' | 'answer' | 'papers'>): void;
  /** Ends a line left open, where no answer came. */
  close(): void;
}

export interface AnswerStreamOptions {
  /** Sentences go to it as they come if it is a terminal, else the whole answer at its end. */
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Told what is going on if it is a terminal. */
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly width: number;
  readonly colour: boolean;
}

type Status = Extract<AnswerEvent, { readonly kind: 'status' }>;
type Told = Extract<AnswerEvent, { readonly kind: 'sentence' }>;

const STATUS: Readonly<Record<Status['status'], string>> = {
  searching: 'Searching…',
  'looking-again': 'Searching again, in other words…',
  writing: 'Writing…',
};
const CLEAR_LINE = '\r\u001b[K';
/** Tables and groups take their form only when all of it is known. */
const TOLD_WHOLE: readonly Intent[] = ['compare', 'claim'];

/** Shows sentences as they come; together with the rest they are what `renderAnswer` gives. */
export function createAnswerStream(options: AnswerStreamOptions): AnswerStream {
  return new Streamed(options);
}

class Streamed implements AnswerStream {
  private readonly options: AnswerStreamOptions;
  private isProse = true;
  private isStatusShown = false;
  private text = '';
  private shown = '';

  constructor(options: AnswerStreamOptions) {
    this.options = options;
  }

  onEvent(event: AnswerEvent): void {
    switch (event.kind) {
      case 'status':
        if (event.status === 'writing') this.isProse = !TOLD_WHOLE.includes(event.intent);
        this.showStatus(event.status);
        break;
      case 'sentence':
        if (this.options.stdout.isTTY && this.isProse) this.showSentence(event);
    }
  }

  finish(answered: Pick<RenderAnswerOptions, 'question' | 'answer' | 'papers'>): void {
    this.clearStatus();
    const { stdout, width, colour } = this.options;
    const shown = { ...answered, width, colour };
    stdout.write(this.shown === '' ? renderAnswer(shown) : `\n\n${renderBelow(shown)}`);
    this.shown = '';
  }

  close(): void {
    this.clearStatus();
    if (this.shown !== '') this.options.stdout.write('\n');
    this.shown = '';
  }

  /** Lines already written stay as they are: breaking a longer text only adds to them. */
  private showSentence({ sentence, citations }: Told): void {
    this.clearStatus();
    const { stdout, width, colour } = this.options;
    this.text = [this.text, withMarkers(sentence)].filter((part) => part !== '').join(' ');
    const lines = wrapText(this.text, width).join('\n');
    const known = new Set(citations.map(({ n }) => n));
    stdout.write(paintMarkers(lines.slice(this.shown.length), known, createStyle(colour)));
    this.shown = lines;
  }

  private showStatus(status: Status['status']): void {
    if (!this.options.stderr.isTTY || this.shown !== '') return;
    this.options.stderr.write(`${CLEAR_LINE}${STATUS[status]}`);
    this.isStatusShown = true;
  }

  private clearStatus(): void {
    if (this.isStatusShown) this.options.stderr.write(CLEAR_LINE);
    this.isStatusShown = false;
  }
}
