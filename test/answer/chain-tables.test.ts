import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ChainLibrary } from './chain-library.ts';

const library = await ChainLibrary.open();
const { server } = library;
beforeEach(() => void library.taken());
afterAll(() => library.close());

const COMPARE = 'compare DiskGNN and PRES: what does each speed up?';
const DISK = '"DiskGNN can speed up the baselines by over 8x"';
const PRES = '"our approach enables up to a 4x larger temporal batch (3.4x speed-up)"';
const say = (...lines: readonly string[]) => ({ kind: 'text', text: lines.join('\n') }) as const;

/** The numbers under which the two papers are given to the model. */
async function columns(): Promise<readonly [disk: number, pres: number]> {
  server.script(say('NONE'));
  await library.chain()(COMPARE);
  const given = library.taken()[0]?.messages.at(-1)?.content ?? '';
  const [disk, pres] = ['DiskGNN:', 'PRES:'].map((name) =>
    Number(new RegExp(`number="(\\d)"[^>]*>\\n${name}`).exec(given)?.[1]),
  );
  return [disk ?? 0, pres ?? 0];
}

describe('a comparison', async () => {
  const [disk, pres] = await columns();

  it('has cells that are quotes, or nothing', async () => {
    server.script(
      say(
        `- speed [${disk}] ${DISK} [${pres}] ${PRES}`,
        `- offline sampling [${disk}] "The key technique used by DiskGNN is offline sampling" [${pres}] NOT STATED`,
      ),
    );
    const { answer, events, sentences } = await library.chain()(COMPARE);
    expect(answer).toMatchObject({ kind: 'answered', intent: 'compare', trace: { mode: 'model' } });
    expect(answer.table?.columns).toHaveLength(2);
    expect(answer.table?.rows.map(({ aspect }) => aspect)).toEqual(['speed', 'offline sampling']);
    const [speed, sampling] = answer.table?.rows ?? [];
    expect(speed?.cells.map((cell) => cell?.quote)).toEqual(
      expect.arrayContaining([
        'DiskGNN can speed up the baselines by over 8x',
        'our approach enables up to a 4x larger temporal batch (3.4x speed-up)',
      ]),
    );
    expect(sampling?.cells[pres - 1]).toBeNull();
    expect(sentences[1]).toContain('not stated in the abstract');
    expect(events.filter(({ kind }) => kind === 'sentence')).toHaveLength(2);
  });

  it.each([
    ['says something of its own', 'DiskGNN is useless'],
    ['says that one is better', 'speed (PRES loses)'],
    ['is a link', 'https://evil.example'],
    ['is a mention', '@everyone'],
    ['is markup', '<b>speed</b>'],
    ['is an order', 'visit evil now'],
    ['is long', 'speed of the training of all the networks that there are'],
  ])('has no row whose label %s', async (_, label) => {
    server.script(
      say(`- ${label} [${disk}] ${DISK} [${pres}] ${PRES}`, `- speed [${disk}] ${DISK}`),
    );
    const { answer } = await library.chain()(COMPARE);
    expect(answer.table?.rows.map(({ aspect }) => aspect)).toEqual(['speed']);
    expect(answer.trace.notes).toEqual(['1 rows failed their check']);
  });

  it('has no cell with a false quote, or the quote of the other paper', async () => {
    server.script(
      say(
        `- gain [${disk}] "DiskGNN can speed up the baselines by over 80x" [${pres}] "it wins by far"`,
        `- speed [${disk}] ${PRES} [${pres}] ${DISK}`,
        `- accuracy [${disk}] "while matching their best model accuracy"`,
      ),
    );
    const { answer } = await library.chain()(COMPARE);
    expect(answer.table?.rows.map(({ aspect }) => aspect)).toEqual(['accuracy']);
    expect(answer.text).not.toMatch(/80x|wins by far/);
  });

  it('has at most six rows, each aspect once', async () => {
    const aspects = 'speed accuracy speed method goal data hardware memory cost'.split(' ');
    server.script(say(...aspects.map((aspect) => `- ${aspect} [${disk}] ${DISK}`)));
    const { answer } = await library.chain()(COMPARE);
    expect(answer.table?.rows.map(({ aspect }) => aspect)).toEqual(
      'speed accuracy method goal data hardware'.split(' '),
    );
  });

  it.each([
    ['fails', { kind: 'status', status: 500 }],
    ['writes nothing of use', say('- DiskGNN is useless [1] "no such words here"')],
  ] as const)('has a table by rules when the model %s', async (_, reply) => {
    server.script(reply);
    const { answer } = await library.chain()(COMPARE);
    expect(answer).toMatchObject({ kind: 'answered', trace: { mode: 'extractive-fallback' } });
    expect(answer.table?.columns).toHaveLength(2);
    expect(answer.table?.rows.length).toBeGreaterThan(0);
  });

  it('keeps the rows that came before the reply was cut', async () => {
    server.script({ kind: 'cut', text: `- speed [${disk}] ${DISK}\n- accur` });
    const { answer } = await library.chain()(COMPARE);
    expect(answer.table?.rows.map(({ aspect }) => aspect)).toEqual(['speed']);
    expect(answer.trace).toMatchObject({ mode: 'model', notes: ['reply cut short: down'] });
  });

  it('is refused when the model says NONE', async () => {
    server.script(say('NONE'));
    expect((await library.chain()(COMPARE)).answer.kind).toBe('insufficient-evidence');
  });
});

describe('a claim', () => {
  const CLAIM = 'is it true that DiskGNN speeds up the baselines by over 8x?';
  const AGAINST = 'is it true that DiskGNN speeds up the baselines by over 80x?';
  const stancesOf = async (question: string, ...lines: readonly string[]) => {
    server.script(say(...lines));
    return (await library.chain()(question)).answer;
  };

  it('is supported where the words bear it out', async () => {
    const answer = await stancesOf(CLAIM, `- SUPPORTS [1] ${DISK}`);
    expect(answer).toMatchObject({
      intent: 'claim',
      stances: [
        {
          n: 1,
          stance: 'supports',
          evidence: { quote: 'DiskGNN can speed up the baselines by over 8x' },
        },
      ],
      trace: { mode: 'model' },
    });
    expect(answer.sentences[0]?.text).toMatch(/^Supports it: “DiskGNN can/);
  });

  it('is contradicted where they say otherwise', async () => {
    const { stances } = await stancesOf(AGAINST, `- CONTRADICTS [1] ${DISK}`);
    expect(stances?.map(({ stance }) => stance)).toEqual(['contradicts']);
  });

  it.each([
    ['support where the number is another', AGAINST, `- SUPPORTS [1] ${DISK}`],
    ['contradiction where they agree', CLAIM, `- CONTRADICTS [1] ${DISK}`],
    [
      'support by words about something else',
      CLAIM,
      '- SUPPORTS [1] "Graph neural networks (GNNs) are machine learning models"',
    ],
    ['what the model itself calls unclear', CLAIM, `- UNCLEAR [1] ${DISK}`],
  ])('is unclear: %s', async (_, question, line) => {
    const { stances } = await stancesOf(question, line);
    expect(stances?.map(({ stance }) => stance)).toEqual(['unclear']);
  });

  it('has one stance a paper, none of them with a false quote or word', async () => {
    const answer = await stancesOf(
      CLAIM,
      '- SUPPORTS [1] "DiskGNN can speed up all by over 8x"',
      `- PROVES [1] ${DISK}`,
      `- SUPPORTS [77] ${DISK}`,
      `- SUPPORTS [1] ${DISK}`,
      '- CONTRADICTS [1] "matching their best model accuracy"',
    );
    expect(answer.stances?.map(({ stance }) => stance)).toEqual(['supports']);
    expect(answer.trace.notes).toEqual(['3 stances failed their check']);
  });

  it('is judged by rules when the model fails', async () => {
    server.script({ kind: 'status', status: 500 });
    const { answer } = await library.chain()(CLAIM);
    expect(answer.trace.mode).toBe('extractive-fallback');
    expect(answer.stances?.length).toBeGreaterThan(0);
  });
});
