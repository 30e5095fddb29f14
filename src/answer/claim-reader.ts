import type { Claim } from './check/claim.ts';
import { readLine } from './claim-line.ts';
import { ClaimObjectReader, looksLikeJson, parseClaim } from './claim-objects.ts';

const LONGEST_LINE = 6_000;
const MAX_CLAIMS = 40;
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
    if (isCut) this.buffer = '';
    this.mode = 'lines';
    this.buffer += '\n';
    const claims = this.readLines();
    return [...claims, ...this.limited(this.dropPending())];
  }

  /** Undecided only while nothing but white space and fences has come. */
  private tellMode(): 'unknown' | 'lines' | 'json' {
    const seen = this.buffer.trimStart();
    const isOpen = seen.length < ENOUGH_TO_TELL && !seen.includes('\n');
    if (isOpen || /^```\w*\s*$/.test(seen)) return 'unknown';
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
    this.buffer = rest.length > LONGEST_LINE ? '' : rest;
    return this.limited(lines.flatMap((line) => this.read(line)));
  }

  private read(line: string): readonly Claim[] {
    const said = this.withoutThoughts(line);
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
    const [before = '', after] = line.split(/<think(?:ing)?>/i);
    if (after !== undefined && !this.isThinking) {
      this.isThinking = true;
      return before + this.withoutThoughts(after);
    }
    if (!this.isThinking) return line;
    const end = /<\/think(?:ing)?>/i.exec(line);
    if (end === null) return '';
    this.isThinking = false;
    return line.slice(end.index + end[0].length);
  }

  private limited(claims: readonly Claim[]): readonly Claim[] {
    const room = Math.max(0, MAX_CLAIMS - this.count);
    this.count += claims.length;
    return claims.slice(0, room);
  }
}
