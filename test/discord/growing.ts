import { createGrowingText } from '../../src/discord/growing-text.ts';
import type { Outgoing } from '../../src/discord/outgoing.ts';

/** An answer that has grown by the same sentence many times. */
export function growingOf(text: string): Outgoing {
  const growing = createGrowingText();
  const grown = { sentence: { text, citations: [1] }, citations: [] };
  let shown = growing.add(grown);
  for (let i = 0; i < 10; i += 1) shown = growing.add(grown);
  return shown;
}
