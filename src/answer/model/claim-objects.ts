import { z } from 'zod';
import type { Claim } from '../check/claim.ts';

const number = z.union([z.number(), z.string().regex(/^\W*\d+\W*$/)]).transform(toNumber);
const evidence = z
  .object({ paper: number.optional(), n: number.optional(), quote: z.string() })
  .transform(({ paper, n, quote }) => ({ paper: paper ?? n ?? 0, quote }));
const flat = z
  .object({ text: z.string(), paper: number, quote: z.string() })
  .transform(({ text, paper, quote }): Claim => ({ text, evidence: [{ paper, quote }] }));
const nested = z
  .object({ text: z.string(), evidence: z.array(evidence).min(1) })
  .transform((claim): Claim => claim);
const claim = z.union([flat, nested]);

// What models call the same thing.
const ALIASES: Readonly<Record<string, string>> = {
  sentence: 'text',
  claim: 'text',
  statement: 'text',
  source: 'paper',
  citation: 'paper',
  paper_number: 'paper',
  citations: 'evidence',
  quotes: 'evidence',
};
const LONGEST = 6_000;

/**
 * Finds claims in a reply of JSON as it arrives, however they are nested: each object is read as
 * soon as its brace closes. What is no claim is passed over.
 */
export class ClaimObjectReader {
  private text = '';
  private at = 0;
  private isInString = false;
  private readonly opened: number[] = [];

  push(piece: string): readonly Claim[] {
    this.text += piece;
    const claims: Claim[] = [];
    for (; this.at < this.text.length; this.at++) {
      const found = this.step(this.text.charAt(this.at));
      if (found !== undefined) claims.push(found);
    }
    return claims;
  }

  private step(char: string): Claim | undefined {
    if (this.isInString) {
      if (char === '\\') this.at++;
      else if (char === '"') this.isInString = false;
      return undefined;
    }
    if (char === '"') this.isInString = true;
    else if (char === '{') this.opened.push(this.at);
    else if (char === '}') return this.close(this.opened.pop());
    return undefined;
  }

  private close(from: number | undefined): Claim | undefined {
    if (from === undefined || this.at - from > LONGEST) return undefined;
    return parseClaim(this.text.slice(from, this.at + 1));
  }
}

/** Whether a reply that begins so is JSON: `[1]` is a mark, not a list, and `{0, 1}` is a set. */
export function looksLikeJson(start: string): boolean {
  return /^\s*(?:```(?:json\w*)?\s*)?(?:\[\s*)?\{\s*(?:"|$)/.test(start);
}

/** The claim that a JSON object holds, if any. */
export function parseClaim(json: string): Claim | undefined {
  try {
    // Backslashes of LaTeX are often left as they are.
    const escaped = json
      .trim()
      .replace(/\\(?:["\\/bfnrtu])|\\/g, (found) => (found === '\\' ? '\\\\' : found));
    const value: unknown = JSON.parse(escaped, renamed);
    return claim.safeParse(value).data;
  } catch {
    return undefined;
  }
}

function renamed(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [ALIASES[key.toLowerCase()] ?? key, inner]),
  );
}

function toNumber(value: number | string): number {
  return typeof value === 'number' ? value : Number(/\d+/.exec(value)?.[0]);
}
