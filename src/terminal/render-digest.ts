import type { Digest } from '../digest/digest.ts';
import { digestLines } from '../digest/digest-text.ts';
import { stripUnsafe } from './safe-text.ts';
import { wrapText } from './wrap-text.ts';

/** A digest as lines of at most `width` columns, the details of a paper under its title. */
export function renderDigest(digest: Digest, { width }: { readonly width: number }): string {
  const lines = digestLines(digest).flatMap((line) => {
    const indent = /^ */.exec(line)?.[0] ?? '';
    const pieces = wrapText(stripUnsafe(line.trim()), width - indent.length);
    return pieces.length === 0 ? [''] : pieces.map((piece) => `${indent}${piece}`);
  });
  return `${lines.join('\n')}\n`;
}
