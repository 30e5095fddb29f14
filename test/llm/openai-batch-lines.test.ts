import { expect, it } from 'vitest';
import { parseResultLine } from '../../src/llm/openai-batch-lines.ts';

const KEY = 'sk-test-0123456789abcdef';
const parse = (line: unknown) =>
  parseResultLine(typeof line === 'string' ? line : JSON.stringify(line), KEY);
const answered = (body: unknown, status_code = 200) => ({
  id: 'batch_req_1',
  custom_id: 'a',
  response: { status_code, request_id: 'r', body },
  error: null,
});

it('puts the vectors of a request into the order of its texts', () => {
  const data = [
    { index: 1, embedding: [0, 1] },
    { index: 0, embedding: [1, 0] },
  ];
  const vectors = [
    [1, 0],
    [0, 1],
  ];
  expect(parse(answered({ object: 'list', data }))).toEqual({ kind: 'vectors', id: 'a', vectors });
});

it.each([
  ['a refusal', answered({ error: { message: 'Too long.' } }, 400), 'Too long.'],
  ['no time left', { custom_id: 'a', error: { code: 'batch_expired', message: 'Late.' } }, 'Late.'],
  ['another form', answered({ data: 'none' }), 'status 200'],
  ['a web page', answered('<html>', 502), 'status 502'],
  ['nothing', { custom_id: 'a', response: null }, 'status unknown'],
  ['the key', answered({ error: { message: `Bad ${KEY}` } }, 401), 'Bad [redacted]'],
  ['a long story', answered({ error: { message: 'x '.repeat(999) } }, 400), 'x '.repeat(150)],
])('gives the reason where a request brought %s', (_, line, reason) => {
  expect(parse(line)).toEqual({ kind: 'failed', id: 'a', reason });
});

it.each([[''], ['{"custom_id":'], ['[]'], ['null'], ['{"id":"a"}']])('passes over %j', (line) => {
  expect(parse(line)).toBeUndefined();
});
