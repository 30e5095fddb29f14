import { visibleLine } from '../answer/show/visible-text.ts';
import { FootnoteError } from '../errors.ts';
import { analyse } from '../retrieval/analyzer.ts';
import { readSchedule } from './read-schedule.ts';
import { Reading } from './reading.ts';
import {
  DEFAULT_SCHEDULE,
  DEFAULT_WISH,
  LIMITS,
  type PaperWish,
  type Pickiness,
  type Schedule,
} from './subscription.ts';

/** What a sentence asks for; only what it names is there. */
export interface ReadWish {
  readonly wish: Partial<Omit<PaperWish, 'kind'>>;
  readonly schedule: Partial<Schedule>;
}

export type ReadSubscription =
  | ({ readonly kind: 'read' } & ReadWish)
  /** Sentences that say what cannot be read and what to write instead. */
  | { readonly kind: 'unclear'; readonly problems: readonly string[] };

const LONGEST_SENTENCE = 2_000;
const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const COUNT = new RegExp(
  String.raw`\b(?:(?:at most|no more than|up to|max(?:imum|imal)?(?: of)?|limit(?:ed)? to|top|the best|best)\s+(-?\d+|${NUMBERS.join('|')})(?:\s+(?:papers?|items?))?|(-?\d+|${NUMBERS.join('|')})\s+(?:papers?|items?))(?:\s+(?:a|per|each|every) (?:day|digest|time|week))?\b`,
  'i',
);
const QUOTED = /["“”„«]([^"“”„«»]{1,400})["“”»]/;
const CATEGORY =
  /\b(?:in |categor(?:y|ies):? ?)?((?:cs|stat|eess|math|physics|econ|q-bio|q-fin)\.[A-Z]{2}|(?:cond-mat|astro-ph)(?:\.[A-Z]{2})?|quant-ph)\b/i;
const AUTHORS =
  /\b(?:papers? )?(?:written )?(?:by|authors?:?)\s+((?:\p{Lu}[\p{L}.'’-]*)(?:\s+(?:\p{Lu}[\p{L}.'’-]*|de|van|von|der|la|le|bin|al))*)/u;
const ORGANIZATIONS =
  /\b(?:papers? )?(?:from|org(?:ani[sz]ations?)?:?|labs?:?)\s+((?:\p{Lu}[\p{L}\p{N}.&'’-]*)(?:\s+\p{Lu}[\p{L}\p{N}.&'’-]*)*)/u;
const SOURCES = /\b(?:only )?sources?:?\s+([\w.:/-]+)/i;
const EMPTY: readonly (readonly [RegExp, PaperWish['onEmpty']])[] = [
  [
    /\b(?:and )?(?:stay |be |keep )?(?:silent|quiet)(?: (?:on|when|if)(?: (?:it is|there is))? ?(?:empty(?: days)?|nothing(?: new)?))?\b/i,
    'silent',
  ],
  [
    /\b(?:and )?(?:say|tell)(?: me| us| so)? (?:when|if|on)(?: it is| there is)? ?(?:empty(?: days)?|nothing(?: new)?)\b/i,
    'say',
  ],
];
const PICKY: readonly (readonly [RegExp, Pickiness])[] = [
  [
    /\b(?:not (?:too |so |very )?(?:picky|strict)|(?:be )?(?:broad|loose|generous)(?:ly)?)\b/i,
    'broad',
  ],
  [
    /\b(?:(?:be |very |really )*(?:picky|strict)(?:ly)?|only (?:the )?(?:best|closest|clear) (?:matches|fits?|ones)|only what (?:really )?fits)\b/i,
    'strict',
  ],
  [/\bnormal(?:ly)? (?:picky|strict)\b/i, 'normal'],
];
const LEADS =
  /^(?:(?:please|and|with|for|me|us|send|post|give|tell|show|a|an|the|digests?|papers?|new|latest|every|about|on|topics?:?|subscribe(?: to)?|in|of|to|at|is|are|anything)\s+)+/i;
const SEPARATORS = /[;,\n•|]|\s\/\s/;
const FILLERS =
  /^(?:and|or|about|on|with|at|in|for|the|a|me|us|papers?|topics?:?|digests?|please|new|send|post|time|only|also|but|from|by)$/i;
const AND = /\s+(?:and|or|&|plus)\s+/i;
const SHORT_WORDS = 3;

/**
 * Reads a plain sentence, such as "weekdays at 9 Berlin time, agents and diffusion, at most 5". What
 * stands in quotes is one topic; what is nothing else is a topic. Never throws.
 */
export function readSubscription(sentence: string): ReadSubscription {
  if (sentence.length > LONGEST_SENTENCE) {
    return { kind: 'unclear', problems: ['That is too long. Say it in a sentence or two.'] };
  }
  const lines = sentence.split('\n').map(visibleLine).join('\n');
  const reading = new Reading(lines.replace(/[’]/g, "'").replace(/[.!]\s*$/, ''));
  const quoted = reading.takeAll(QUOTED).map(([, topic = '']) => topic);
  const { schedule, rollUp } = readSchedule(reading);
  const most = readCount(reading);
  const names = readNames(reading);
  const onEmpty = firstOf(reading, EMPTY);
  const pickiness = firstOf(reading, PICKY);
  const topics = checkTopics([...quoted.map(cleanTopic), ...plainTopics(reading.rest)], reading);
  if (reading.problems.length > 0) return { kind: 'unclear', problems: reading.problems };
  return {
    kind: 'read',
    schedule,
    wish: {
      ...names,
      ...(topics.length > 0 && { topics }),
      ...(most !== undefined && { most }),
      ...(onEmpty !== undefined && { onEmpty }),
      ...(pickiness !== undefined && { pickiness }),
      ...(rollUp !== undefined && { rollUp }),
    },
  };
}

/**
 * A whole wish with its schedule out of a sentence, what it leaves open at its default. Throws
 * FootnoteError `input` for what cannot be read, and when it says nothing to look for.
 */
export function readWanted(sentence: string): { wish: PaperWish; schedule: Schedule } {
  const read = readSubscription(sentence);
  if (read.kind === 'unclear') throw new FootnoteError('input', read.problems.join(' '));
  const wish = { ...DEFAULT_WISH, ...read.wish };
  const names = [wish.topics, wish.authors, wish.organizations, wish.categories, wish.sources];
  if (names.every((list) => list.length === 0)) {
    throw new FootnoteError('input', 'Say what it shall be about, such as “agents and diffusion”.');
  }
  return { wish, schedule: { ...DEFAULT_SCHEDULE, ...read.schedule } };
}

function readCount(reading: Reading): number | undefined {
  const found = reading.take(COUNT);
  if (found === undefined) return undefined;
  const said = (found[1] ?? found[2] ?? '').toLowerCase();
  const most = NUMBERS.includes(said) ? NUMBERS.indexOf(said) + 1 : Number(said);
  if (most >= 1 && most <= LIMITS.papers) return most;
  reading.complain(`A digest holds 1 to ${LIMITS.papers} papers, not ${said}.`);
  return undefined;
}

function readNames(reading: Reading) {
  const all = (pattern: RegExp) => reading.takeAll(pattern).map(([, name = '']) => name.trim());
  const categories = all(CATEGORY).map(categoryName);
  const sources = all(SOURCES);
  const authors = all(AUTHORS);
  const organizations = all(ORGANIZATIONS);
  const lists = { categories, sources, authors, organizations };
  for (const [what, names] of Object.entries(lists)) {
    if (names.length > LIMITS.names)
      reading.complain(`Those are too many ${what}: ${LIMITS.names} at most.`);
  }
  return Object.fromEntries(Object.entries(lists).filter(([, names]) => names.length > 0));
}

/** "CS.lg" -> "cs.LG". */
function categoryName(name: string): string {
  const [archive = '', area] = name.split('.');
  return area === undefined
    ? archive.toLowerCase()
    : `${archive.toLowerCase()}.${area.toUpperCase()}`;
}

function firstOf<T>(reading: Reading, patterns: readonly (readonly [RegExp, T])[]): T | undefined {
  return patterns.find(([pattern]) => reading.take(pattern) !== undefined)?.[1];
}

/** The pieces between commas and breaks; short ones are parted at "and" as well. */
function plainTopics(rest: string): readonly string[] {
  return rest
    .split(SEPARATORS)
    .map(cleanTopic)
    .flatMap((piece) => {
      const parts = piece.split(AND);
      const isList = parts.every((part) => part.split(/\s+/).length <= SHORT_WORDS);
      return isList ? parts.map(cleanTopic) : [piece];
    })
    .filter((topic) => topic !== '' && !FILLERS.test(topic));
}

function cleanTopic(topic: string): string {
  const words = visibleLine(topic)
    .replace(/["“”„«»]/g, '')
    .trim();
  const bare = `${words} `.replace(LEADS, '').trim();
  return bare
    .replace(/^(?:and|or)\s+|\s+(?:and|or|with|at|on|in)$/gi, '')
    .replace(/^[-–:.\s]+|[-–:.\s]+$/g, '');
}

function checkTopics(found: readonly string[], reading: Reading): readonly string[] {
  const topics = [...new Map(found.map((topic) => [topic.toLowerCase(), topic])).values()];
  if (topics.length > LIMITS.topics) {
    reading.complain(
      `Those are ${topics.length} topics; ${LIMITS.topics} at most fit into a digest.`,
    );
  }
  for (const topic of topics) {
    if (topic.length > LIMITS.topicLength) {
      reading.complain(
        `The topic “${topic.slice(0, 40)}…” is too long: ${LIMITS.topicLength} characters at most.`,
      );
    } else if (analyse(topic).length === 0) {
      reading.complain(
        `I could not read “${topic}”. Topics are words such as “diffusion models”; put one in quotes to have it as it stands.`,
      );
    }
  }
  return topics;
}
