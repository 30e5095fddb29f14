import type { GrownSentence } from '../bot/reply.ts';
import { renderSentence } from './answer-text.ts';
import { LIMITS, plainMessage } from './components.ts';
import { escapeMarkdown } from './escape.ts';
import type { Outgoing } from './outgoing.ts';

/** The answer as it grows, sentence by sentence; the first ones where it is too long to show. */
interface GrowingText {
  add(grown: GrownSentence): Outgoing;
}

/** Nothing is in it yet. */
export function createGrowingText(): GrowingText {
  let shown = '';
  return {
    add({ sentence, citations }) {
      const next = `${shown}${shown === '' ? '' : ' '}${renderSentence(sentence, citations)}`;
      if (next.length <= LIMITS.text) shown = next;
      return plainMessage(shown);
    },
  };
}

/** What is going on, in small grey letters. */
export function renderStatus(text: string): Outgoing {
  return plainMessage(`-# ${escapeMarkdown(text)}`);
}
