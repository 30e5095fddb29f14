import { describe, expect, it } from 'vitest';
import { writeAnswer } from '../../../src/answer/model/write-answer.ts';
import { ModelError } from '../../../src/llm/model-error.ts';
import { makePaper } from '../made-up-library.ts';
import { ScriptedModel } from '../scripted-model.ts';
import { makeWriting, quotesOf } from '../write-request.ts';

const SORTER = makePaper('sorter', {
  title: 'FooNet: Sorting Parcels',
  abstract: 'Parcels are many. FooNet sorts 40 parcels a minute on one belt. It needs no labels.',
});
const TRUE_LINE = '- FooNet sorts 40 parcels a minute. [1] "sorts 40 parcels a minute on one belt"';
const LIE = '- FooNet sorts 90 parcels a minute. [1] "sorts 40 parcels a minute on one belt"';
const DOWN = new ModelError('down', 'It is down.');

async function write(
  replies: readonly (string | ModelError)[],
  verify: 'rules' | 'model' = 'rules',
) {
  const model = new ScriptedModel(...replies);
  const writing = await makeWriting([SORTER], { model, verify });
  return { model, ...writing, written: await writeAnswer(writing.request) };
}

describe('an answer', () => {
  it('is written in sentences with their quotes, each told as it is released', async () => {
    const { written, told, meter } = await write([TRUE_LINE]);
    expect(written).toMatchObject({ kind: 'written', sentences: told, notes: [] });
    expect(quotesOf(told)).toEqual([['sorts 40 parcels a minute on one belt.']]);
    expect(meter).toEqual({ modelCalls: 1, promptTokens: 100, completionTokens: 10, usd: 0.001 });
  });

  it.each([
    ['the model says NONE', ['NONE'], { kind: 'none', saidNone: true }],
    ['nothing passes', [LIE, LIE], { kind: 'none', saidNone: false }],
    // Remarks alone were once taken for sentences that failed.
    ['there are remarks alone', ['I am sorry.', 'I cannot.'], { kind: 'unusable' }],
    ['there is nothing', [''], { kind: 'unusable' }],
    ['the call fails', [DOWN], { kind: 'unusable', failure: DOWN }],
  ])('is none where %s', async (_, replies, expected) => {
    expect((await write(replies)).written).toMatchObject(expected);
  });

  it('keeps what passed when the repair fails', async () => {
    const { written } = await write([`${TRUE_LINE}\n${LIE}`, DOWN]);
    expect(written).toMatchObject({
      kind: 'written',
      notes: [expect.any(String), '0 of them mended (down)'],
    });
  });

  it('mends at most four sentences, with what was said and why it fails', async () => {
    const lies = Array.from({ length: 6 }, (_, i) => LIE.replace('90', `9${i}`));
    const { model } = await write([lies.join('\n'), 'NONE']);
    const [, repair] = model.requests;
    expect(repair?.task).toBe('repair');
    expect(repair?.messages.slice(0, 2)).toEqual(model.requests[0]?.messages);
    const last = repair?.messages.at(-1)?.text ?? '';
    expect(last.match(/\(wrong: the number 9\d does not stand in the quote\)/g)).toHaveLength(4);
  });

  it('is not mended for remarks beside sentences that pass', async () => {
    const { model, written } = await write([`Here it is:\n${TRUE_LINE}`]);
    expect(model.requests).toHaveLength(1);
    expect(written).toMatchObject({ notes: ['1 sentences failed their check: it has no quote'] });
  });

  it('holds no words or numbers of the model in its notes', async () => {
    const lies = [
      LIE,
      LIE.replace('90 parcels', '40 bananas'),
      LIE.replace('90', '40 EvilCorp'),
      TRUE_LINE.replace('[1]', '[666]'),
      '- FooNet sorts 40 seconds a minute. [1] "sorts 40 parcels a minute on one belt"',
    ];
    const { written } = await write([`${TRUE_LINE}\n${lies.join('\n')}`, 'NONE']);
    expect(written.notes.join()).toMatch(/^5 sentences failed/);
    expect(written.notes.join()).not.toMatch(/90|40|666|evil|banana|seconds/i);
  });

  it('with a second opinion tells nothing before it is given', async () => {
    const { told, written } = await write([TRUE_LINE, '1: CONTRADICTED'], 'model');
    expect(told).toEqual([]);
    expect(written).toMatchObject({ kind: 'none', saidNone: false });
    expect((await write([TRUE_LINE, '1: SUPPORTED'], 'model')).told).toHaveLength(1);
  });

  it('lets errors of ours through', async () => {
    await expect(write([])).rejects.toThrow('No reply is set up');
  });
});
