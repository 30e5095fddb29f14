import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Answer, Intent } from '../../src/answer/answer.ts';
import { createAnswerStream } from '../../src/terminal/answer-stream.ts';
import { renderAnswer } from '../../src/terminal/render-answer.ts';
import { makeClaim } from '../answer/made-up-beside.ts';
import { FORBIDDEN, HOSTILE } from './hostile-text.ts';
import { makeAnswer, makePaper } from './made-up-papers.ts';

/** A stream of which every write is kept. */
function screen(isTTY: boolean) {
  const writes: string[] = [];
  const stream = new PassThrough();
  stream.on('data', (piece) => writes.push(String(piece)));
  return { stream: Object.assign(stream, { isTTY }), writes };
}

function rig({ isTTY = true, width = 40, colour = false } = {}) {
  const [out, err] = [screen(isTTY), screen(isTTY)];
  const stream = createAnswerStream({ stdout: out.stream, stderr: err.stream, width, colour });
  return {
    out: out.writes,
    err: err.writes,
    stream,
    writing: (intent: Intent = 'ask') =>
      stream.onEvent({ kind: 'status', status: 'writing', intent }),
    tell({ sentences, citations }: Answer) {
      for (const sentence of sentences) stream.onEvent({ kind: 'sentence', sentence, citations });
    },
  };
}

const question = 'what does it cost?';
const papers = [makePaper()];

function written(...texts: readonly string[]): Answer {
  const sentences = texts.map((text) => ({ text, citations: [1] }));
  return makeAnswer({ sentences, trace: { ...makeAnswer().trace, mode: 'model' } });
}

const PROSE = written(
  'Dropping tokens early costs little.',
  'It was measured on three data sets of different kinds.',
  'It costs 0.3 points.',
);

describe('on a terminal', () => {
  it.each([20, 33, 40, 80])('shows each sentence as it comes, %i columns wide', (width) => {
    for (const colour of [false, true]) {
      const { stream, tell, writing, out } = rig({ width, colour });
      writing();
      tell(PROSE);
      expect(out).toHaveLength(3);
      stream.finish({ question, answer: PROSE, papers });
      stream.close();
      const whole = renderAnswer({ question, answer: PROSE, papers, width, colour });
      expect(out.join('')).toBe(whole);
    }
  });

  it('says on standard error what is going on until the first sentence', () => {
    const { stream, tell, writing, err } = rig();
    stream.onEvent({ kind: 'status', status: 'searching' });
    writing();
    tell(PROSE);
    writing();
    const clear = '\r\u001b[K';
    expect(err).toEqual([`${clear}Searching…`, `${clear}Writing…`, clear]);
  });

  it('waits with stances until all are there', () => {
    const { answer, papers: cited } = makeClaim();
    const { stream, tell, writing, out } = rig();
    writing('claim');
    tell(answer);
    expect(out).toEqual([]);
    stream.finish({ question, answer, papers: cited });
    expect(out.join('')).toMatch(/^Supports the claim\n/);
  });

  it('ends the line it began when no answer comes', () => {
    const { stream, tell, out } = rig();
    tell(PROSE);
    stream.close();
    expect(out.join('')).toMatch(/points\. \[1\]\n$/);
  });

  it.each(HOSTILE)('passes on nothing of %s', (_name, text) => {
    const { tell, out } = rig();
    tell(written(text));
    expect(out.join('')).not.toMatch(FORBIDDEN);
  });
});

it('shows the whole answer at its end where there is no terminal', () => {
  const { stream, tell, writing, out, err } = rig({ isTTY: false });
  writing();
  tell(PROSE);
  expect(out).toEqual([]);
  stream.finish({ question, answer: PROSE, papers });
  stream.close();
  expect(out).toEqual([
    renderAnswer({ question, answer: PROSE, papers, width: 40, colour: false }),
  ]);
  expect(err).toEqual([]);
});
