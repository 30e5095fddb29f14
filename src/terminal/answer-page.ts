import type { AnswerSentence } from '../answer/answer.ts';
import type { Paper } from '../papers/paper.ts';
import { safeText } from './safe-text.ts';
import type { Style } from './style.ts';

/** What the parts of an answer are shown with. */
export interface AnswerPage {
  /** As it was asked now. */
  readonly question: string;
  readonly papers: ReadonlyMap<string, Paper>;
  readonly width: number;
  readonly style: Style;
}

/** Markers hang on the last word by a no-break space, so that no line begins with one. */
export function withMarkers({ text, citations }: AnswerSentence): string {
  const markers = citations.map((n) => `[${n}]`).join('');
  return markers === '' ? safeText(text) : `${safeText(text)}\u00a0${markers}`;
}

/** Colours the markers of known citations. */
export function paintMarkers(line: string, known: ReadonlySet<number>, style: Style): string {
  return line.replace(/\[(\d+)\]/g, (marker, n) =>
    known.has(Number(n)) ? style('cyan', marker) : marker,
  );
}
