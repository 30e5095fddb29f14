import { join } from 'node:path';
import { z } from 'zod';
import { readJsonl } from '../src/papers/json-lines.ts';
import type { ChatBody } from '../test/fakes/chat-rules.ts';
import { ROOT } from './child.ts';

/** A line that a model might write: a `truth`, or one of several kinds of lies. */
export interface ModelLine {
  readonly kind: string;
  /** A question that finds the paper. */
  readonly question: string;
  /** As a model writes it, `{Title}` for the number of the paper whose title begins so. */
  readonly line: string;
}

const Line = z.object({ kind: z.string(), question: z.string(), line: z.string() });
const PAPER = /<paper number="(\d+)"[^>]*>\n(.*)/g;

/** The lines of `data/eval/model-lines.jsonl`. */
export async function loadModelLines(): Promise<readonly ModelLine[]> {
  const lines: ModelLine[] = [];
  const file = join(ROOT, 'data', 'eval', 'model-lines.jsonl');
  for await (const { value } of readJsonl(file, Line)) lines.push(value);
  return lines;
}

/**
 * What the fake model says to a prompt: the line with the numbers that the papers have in it.
 * Throws a plain Error when the prompt lacks the paper, for then the case would test nothing.
 */
export function sayLine({ line }: ModelLine, body: ChatBody): string {
  const prompt = body.messages.map(({ content }) => content).join('\n');
  const papers = [...prompt.matchAll(PAPER)];
  const said = line.replace(/\{(.+?)\}/g, (_, head: string) => {
    const number = papers.find(([, , title = '']) => title.includes(head))?.[1];
    if (number === undefined) throw new Error(`The prompt has no paper "${head}".`);
    return number;
  });
  return `- ${said}\n`;
}

/** The words of a line before its evidence. */
export function sentenceOf({ line }: ModelLine): string {
  return line.split(/ \[(?:\{|\d)/)[0] ?? line;
}
