import { describe, expect, it } from 'vitest';
import type { Claim } from '../../../src/answer/check/claim.ts';
import { ClaimReader } from '../../../src/answer/model/claim-reader.ts';
import { seededRandom } from '../../papers/seeded-random.ts';

interface Read {
  readonly claims: readonly Claim[];
  readonly bare: readonly string[];
  readonly saidNone: boolean;
}

function readPieces(pieces: readonly string[], isCut = false): Read {
  const reader = new ClaimReader();
  const claims = pieces.flatMap((piece) => reader.push(piece));
  const all = [...claims, ...reader.end({ isCut })];
  return { claims: all, bare: reader.bare, saidNone: reader.saidNone };
}

const read = (reply: string, isCut = false) => readPieces([reply], isCut);

const claim = (text: string, ...evidence: readonly [paper: number, quote: string][]): Claim => ({
  text,
  evidence: evidence.map(([paper, quote]) => ({ paper, quote })),
});

const SORTER = claim('The sorter is fast.', [1, 'our sorter is fast']);
const BELT = claim('The belt moves.', [2, 'the belt moves parcels']);
const BOTH = claim('Both sort.', [1, 'our sorter is fast'], [3, 'it sorts a lot']);

const AS_LINES = `- The sorter is fast. [1] "our sorter is fast"
- The belt moves. [2] "the belt moves parcels"
- Both sort. [1] "our sorter is fast" [3] "it sorts a lot"`;
const AS_OBJECTS = JSON.stringify([
  { text: 'The sorter is fast.', paper: 1, quote: 'our sorter is fast' },
  { sentence: 'The belt moves.', source: '[2]', quote: 'the belt moves parcels' },
  {
    claim: 'Both sort.',
    citations: [
      { n: 1, quote: 'our sorter is fast' },
      { paper: 3, quote: 'it sorts a lot' },
    ],
  },
]);
const AS_JSONL = AS_OBJECTS.slice(1, -1).replaceAll('},{"s', '}\n{"s').replace('},{"c', '}\n{"c');

/** Replies that all say the same. */
const SAME: readonly (readonly [name: string, reply: string])[] = [
  ['lines', AS_LINES],
  ['lines with a line break at the end', `${AS_LINES}\n`],
  ['lines as Windows ends them', AS_LINES.replaceAll('\n', '\r\n')],
  ['numbered lines', AS_LINES.replaceAll('- ', '1. ')],
  ['starred lines', AS_LINES.replaceAll('- ', '* ')],
  ['bare lines', AS_LINES.replaceAll('- ', '')],
  ['lines apart', AS_LINES.replaceAll('\n', '\n\n')],
  ['curly quotation marks', AS_LINES.replace(/"([^"]*)"/g, '“$1”')],
  ['colons behind the marks', AS_LINES.replaceAll('] "', ']: "')],
  ['quotes before their marks', AS_LINES.replace(/(\[\d\]) ("[^"]*")/g, '$2 $1')],
  ['evidence on its own line', AS_LINES.replaceAll('. [', '.\n  [')],
  ['fenced lines', `\`\`\`\n${AS_LINES}\n\`\`\``],
  ['thoughts first', `<think>\nIt is [9] "about belts".\n</think>\n${AS_LINES}`],
  ['thoughts in one line', `<think>hm [9] "about belts"</think>${AS_LINES}`],
  ['thoughts whose start the server left out', `It is about belts.\nHm.\n</think>\n\n${AS_LINES}`],
  ['a heading', `## Answer\n\n${AS_LINES}\n---`],
  ['objects', AS_OBJECTS],
  ['an object of objects', `{"sentences": ${AS_OBJECTS}}`],
  ['objects spread over lines', JSON.stringify(JSON.parse(AS_OBJECTS), null, 2)],
  ['objects, one a line', AS_JSONL],
  ['fenced objects', `\`\`\`json\n${AS_OBJECTS}\n\`\`\``],
  ['fenced objects, spread', `\`\`\`\n${JSON.stringify(JSON.parse(AS_OBJECTS), null, 1)}\n\`\`\``],
  ['objects behind a remark', `Here you are:\n\n\`\`\`json\n${AS_OBJECTS}\n\`\`\``],
  ['objects behind thoughts', `<think>\nhm\n</think>\n${AS_OBJECTS}`],
];

describe('a reply', () => {
  it.each(SAME)('of %s gives the same claims', (_, reply) => {
    expect(read(reply).claims).toEqual([SORTER, BELT, BOTH]);
  });

  it.each(SAME)('of %s is read the same in any pieces', (_, reply) => {
    const whole = read(reply);
    expect(readPieces([...reply])).toEqual(whole);
    const random = seededRandom(7);
    for (let round = 0; round < 60; round += 1) {
      expect(readPieces(randomPieces(reply, random))).toEqual(whole);
    }
  });

  it.each([
    ['a mark in brackets at its start', '[1] "our sorter is fast"\nNo.'],
    ['a fence and then a mark', '```\n[1] "our sorter is fast"\n```'],
    ['a set at its start', '{0, 1} are the labels. [1] "labels are {0, 1} here"'],
    ['an endless line', `${'and '.repeat(2_000)}[1] "our sorter"\n${AS_LINES}`],
    ['an endless line of thoughts', `<think>${'hm '.repeat(3_000)}</think>\n${AS_LINES}`],
    ['broken JSON', '{"text": "The sorter is fast.", "paper": 1, "quote": \n- A. [1] "b"'],
    ['nothing', ''],
    ['white space', ' \n \n\t'],
    ['the start of a list', '['],
  ])('with %s is read the same in any pieces', (_, reply) => {
    const whole = read(reply);
    expect(readPieces([...reply])).toEqual(whole);
    const random = seededRandom(11);
    for (let round = 0; round < 10; round += 1) {
      expect(readPieces(randomPieces(reply, random))).toEqual(whole);
    }
  });

  it('gives a claim the moment its line ends', () => {
    const reader = new ClaimReader();
    const [first = ''] = AS_LINES.split('\n');
    expect(reader.push(first)).toEqual([]);
    expect(reader.push('\n')).toEqual([SORTER]);
  });

  it('gives a claim the moment its object closes', () => {
    const reader = new ClaimReader();
    const end = AS_OBJECTS.indexOf('}');
    expect(reader.push(AS_OBJECTS.slice(0, end))).toEqual([]);
    expect(reader.push('}')).toEqual([SORTER]);
  });

  it.each(['NONE', 'NONE.', '- NONE', '**NONE**', 'none\n', 'Not stated.', '```\nNONE\n```'])(
    'of %j says that the papers do not state it',
    (reply) => {
      expect(read(reply)).toEqual({ claims: [], bare: [], saidNone: true });
    },
  );

  it('keeps sentences without evidence apart', () => {
    const { claims, bare } = read(`Here is what I found:\n${AS_LINES}\nI hope this helps!`);
    expect(claims).toEqual([SORTER, BELT, BOTH]);
    expect(bare).toEqual(['Here is what I found:', 'I hope this helps!']);
  });

  it('drops a line that was cut short', () => {
    expect(read(AS_LINES, true).claims).toEqual([SORTER, BELT]);
    expect(read(AS_OBJECTS.slice(0, -8), true).claims).toEqual([SORTER, BELT]);
  });

  it('passes over a line without an end, and reads on behind it', () => {
    expect(read(`${'and '.repeat(2_000)}[1] "our sorter"\n${AS_LINES}`).claims).toHaveLength(3);
    expect(read('and '.repeat(100_000)).claims).toEqual([]);
  });

  it('has at most 40 claims', () => {
    const lines = Array.from({ length: 60 }, (_, i) => `Line ${i} is here. [1] "words"`);
    expect(read(lines.join('\n')).claims).toHaveLength(40);
    const object = JSON.stringify({ text: 'A b', paper: 1, quote: 'c' });
    expect(readPieces([...object.repeat(60)]).claims).toHaveLength(40);
  });

  it.each([
    ['braces', '{'.repeat(20_000)],
    ['nested objects', '{"a":'.repeat(4_000) + '}'.repeat(4_000)],
    ['quotation marks', '"'.repeat(5_900)],
    ['marks', '[1] "'.repeat(1_000)],
    ['spaces', `a${' '.repeat(5_900)}b`],
    ['open thoughts', '<think>'.repeat(3_000)],
  ])('of many %s takes little time', (_, reply) => {
    const at = performance.now();
    readPieces(randomPieces(reply, seededRandom(1)));
    expect(performance.now() - at).toBeLessThan(2_000);
  });
});

function randomPieces(text: string, random: () => number): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    const size = 1 + Math.floor(random() ** 2 * 40);
    pieces.push(text.slice(at, at + size));
    at += size;
  }
  return pieces;
}
