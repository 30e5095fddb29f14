import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeSubscription } from '../../src/digest/describe-subscription.ts';
import { readSubscription } from '../../src/digest/read-subscription.ts';
import { DEFAULT_SCHEDULE, DEFAULT_WISH, LIMITS } from '../../src/digest/subscription.ts';

const read = (sentence: string) => {
  const found = readSubscription(sentence);
  if (found.kind === 'unclear') throw new Error(found.problems.join(' '));
  return { ...found.schedule, ...found.wish };
};
const problems = (sentence: string) => {
  const found = readSubscription(sentence);
  return found.kind === 'unclear' ? found.problems.join(' ') : undefined;
};
const weekdays = [1, 2, 3, 4, 5];

describe('a plain sentence', () => {
  it.each([
    [
      'weekdays at 9 Berlin time, agents and diffusion, at most 5',
      {
        days: weekdays,
        time: '09:00',
        timeZone: 'Europe/Berlin',
        topics: ['agents', 'diffusion'],
        most: 5,
      },
    ],
    [
      'every day at 17:30 in New York time about mixture of experts',
      {
        days: [1, 2, 3, 4, 5, 6, 7],
        time: '17:30',
        timeZone: 'America/New_York',
        topics: ['mixture of experts'],
      },
    ],
    [
      'Mondays and Thursdays, 8am Asia/Tokyo, "reasoning and planning in agents", top three papers, picky',
      {
        days: [1, 4],
        time: '08:00',
        timeZone: 'Asia/Tokyo',
        topics: ['reasoning and planning in agents'],
        most: 3,
        pickiness: 'strict',
      },
    ],
    [
      'Mon-Fri at noon UTC: speech recognition, cs.CL, from DeepMind, by Geoffrey Hinton',
      {
        days: weekdays,
        time: '12:00',
        timeZone: 'UTC',
        topics: ['speech recognition'],
        categories: ['cs.CL'],
        organizations: ['DeepMind'],
        authors: ['Geoffrey Hinton'],
      },
    ],
    [
      'weekly on Fridays at 4 pm Kolkata time, graph neural networks, up to 10, stay silent when there is nothing',
      {
        days: [5],
        time: '16:00',
        timeZone: 'Asia/Kolkata',
        topics: ['graph neural networks'],
        most: 10,
        onEmpty: 'silent',
      },
    ],
    [
      'please send us papers about retrieval augmented generation on weekdays, with a weekly roll-up on Friday',
      { days: weekdays, topics: ['retrieval augmented generation'], rollUp: 5 },
    ],
    [
      'friday to monday at 0:05, robots, not too picky',
      { days: [1, 5, 6, 7], time: '00:05', topics: ['robots'], pickiness: 'broad' },
    ],
    [
      'at 12 am Sydney time, LLMs',
      { time: '00:00', timeZone: 'Australia/Sydney', topics: ['LLMs'] },
    ],
    [
      'GPT-4, 3D Gaussian splatting, Mamba',
      { topics: ['GPT-4', '3D Gaussian splatting', 'Mamba'] },
    ],
    ['at most 7', { most: 7 }],
  ])('is read: %s', (sentence, expected) => {
    expect(read(sentence)).toEqual(expected);
  });

  it.each([
    ['weekdays at 25, agents', '“at 25” is no time of day. Write it as 9:00, 17:30 or 9 am.'],
    ['agents at 9 Atlantis time', 'I know no time zone “Atlantis”.'],
    ['agents at 9 EST', 'I know no time zone “EST”.'],
    ['agents at 9 local time', 'I cannot know which time is local.'],
    ['agents, at most 500', `A digest holds 1 to ${LIMITS.papers} papers, not 500.`],
    ['agents, ???', 'I could not read “???”.'],
    [`agents, ${'long '.repeat(80)}`, 'is too long: 200 characters at most.'],
    ['a1, b2, c3, d4, e5, f6, g7, h8, i9', '8 at most'],
    ['x'.repeat(3_000), 'That is too long.'],
  ])('that cannot be read is told of in a sentence (%#)', (sentence, words) => {
    expect(problems(sentence)).toContain(words);
  });

  it('never throws, and keeps topics within their limits, whatever is said', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(
        'at 9',
        'Berlin time',
        '"',
        '“',
        'and',
        ',',
        'by X',
        'top',
        '\u202e',
        'mon',
        '-',
        'weekly',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const found = readSubscription(pieces.join(' '));
        if (found.kind === 'unclear') {
          expect(found.problems.length).toBeGreaterThan(0);
          return;
        }
        for (const topic of found.wish.topics ?? []) {
          expect(topic.length).toBeLessThanOrEqual(LIMITS.topicLength);
          expect(topic).not.toMatch(/[\n\u202e“”"]/);
        }
      }),
      { numRuns: 300 },
    );
  });
});

it('a subscription is described so that the description is read as the same', () => {
  const wish = {
    ...DEFAULT_WISH,
    topics: ['diffusion models'],
    most: 3,
    pickiness: 'strict' as const,
  };
  const said = describeSubscription({ wish, schedule: DEFAULT_SCHEDULE, state: 'active' }, 2);
  expect(said).toBe(
    '2. up to 3 papers about “diffusion models”, strictly chosen, on weekdays at 09:00 (UTC)',
  );
});
