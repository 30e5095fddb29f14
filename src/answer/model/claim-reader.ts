import type { Claim } from '../check/claim.ts';
import { readLine } from './claim-line.ts';
import { ClaimObjectReader, looksLikeJson, parseClaim } from './claim-objects.ts';

const LONGEST_LINE = 6_000;
const MAX_CLAIMS = 40;
const THOUGHT = /<\/think(?:ing)?>/i;
// Enough to see past a code fence.
const ENOUGH_TO_TELL = 12;

/**
 * Turns a model's reply into claims as it streams in: a claim is given out the moment its line, or
 * its JSON object, is complete. Lines of thinking and fences are passed over.
 */
export class ClaimReader {
  /** The model said that the papers do not state it. */
  saidNone = false;
  /** Sentences that came without evidence. */
  readonly bare: string[] = [];
  private mode: 'unknown' | 'lines' | 'json' = 'unknown';
  private buffer = '';
  private pending: Claim | undefined;
  private isThinking = false;
  /** Within a line that is too long, until its end. */
  private isOverlong = false;
  private count = 0;
  private readonly objects = new ClaimObjectReader();

  push(piece: string): readonly Claim[] {
    this.buffer += piece;
    if (this.mode === 'unknown') this.mode = this.tellMode();
    switch (this.mode) {
      case 'unknown':
        return [];
      case 'json':
        return this.limited(this.objects.push(this.take()));
      case 'lines':
        return this.readLines();
    }
  }

  /** What is left when the reply has ended; a line that was cut short is no claim. */
  end({ isCut }: { readonly isCut: boolean }): readonly Claim[] {
    if (this.mode === 'json') return [];
    if (isCut) this.buffer = this.buffer.slice(0, this.buffer.lastIndexOf('\n') + 1);
    this.mode = 'lines';
    this.buffer += '\n';
    const claims = this.readLines();
    return [...claims, ...this.limited(this.dropPending())];
  }

  /** Undecided only while nothing but white space, fences and opening brackets has come. */
  private tellMode(): 'unknown' | 'lines' | 'json' {
    const seen = this.buffer.trimStart();
    const isOpen = seen.length < ENOUGH_TO_TELL && !seen.includes('\n');
    if (seen === '') this.buffer = '';
    if (isOpen || /^(?:```\w*\s*)?(?:\[\s*)?\{?\s*$/.test(seen)) return 'unknown';
    return looksLikeJson(seen) ? 'json' : 'lines';
  }

  private take(): string {
    const all = this.buffer;
    this.buffer = '';
    return all;
  }

  private readLines(): readonly Claim[] {
    const lines = this.take().split('\n');
    const rest = lines.pop() ?? '';
    const claims: Claim[] = [];
    for (const [i, line] of lines.entries()) {
      const said = this.isOverlong || line.length > LONGEST_LINE ? '' : this.withoutThoughts(line);
      this.isOverlong = false;
      if (looksLikeJson(said) && parseClaim(said) === undefined) {
        // What follows a remark or thoughts.
        this.mode = 'json';
        const json = [said, ...lines.slice(i + 1), rest].join('\n');
        return this.limited([...claims, ...this.dropPending(), ...this.objects.push(json)]);
      }
      claims.push(...this.read(said));
    }
    this.isOverlong ||= rest.length > LONGEST_LINE;
    this.buffer = this.isOverlong ? '' : rest;
    return this.limited(claims);
  }

  private read(said: string): readonly Claim[] {
    const object = said.trimStart().startsWith('{') ? parseClaim(said) : undefined;
    if (object !== undefined) return [...this.dropPending(), object];
    const read = readLine(said);
    switch (read.kind) {
      case 'blank':
        return [];
      case 'none':
        this.saidNone = true;
        return [];
      case 'claim':
        return [...this.dropPending(), read.claim];
      case 'bare': {
        const dropped = this.dropPending();
        this.pending = { text: read.text, evidence: [] };
        return dropped;
      }
      case 'evidence': {
        const { pending } = this;
        this.pending = undefined;
        return pending === undefined ? [] : [{ text: pending.text, evidence: read.evidence }];
      }
    }
  }

  /** A sentence that waited for evidence in vain. */
  private dropPending(): readonly Claim[] {
    if (this.pending !== undefined) this.bare.push(this.pending.text);
    this.pending = undefined;
    return [];
  }

  private withoutThoughts(line: string): string {
    const start = /^\s*<think(?:ing)?>/i.exec(line);
    if (start !== null) this.isThinking = true;
    const end = THOUGHT.exec(line);
    if (end === null) return this.isThinking ? '' : line;
    // Some servers leave out where thoughts begin.
    if (!this.isThinking) this.forget();
    this.isThinking = false;
    return this.withoutThoughts(line.slice(end.index + end[0].length));
  }

  private forget(): void {
    this.pending = undefined;
    this.bare.length = 0;
    this.saidNone = false;
  }

  private limited(claims: readonly Claim[]): readonly Claim[] {
    const room = Math.max(0, MAX_CLAIMS - this.count);
    this.count += claims.length;
    return claims.slice(0, room);
  }
}
