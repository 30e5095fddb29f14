import { parse as parseDates } from 'chrono-node';
import { analyse } from '../retrieval/analyzer.ts';
import type { PaperFilter } from '../retrieval/paper-index.ts';
import type { Intent } from './answer.ts';

/** What a person asked, once markup and embedded instructions are set aside. */
export interface ReadQuestion {
  readonly intent: Intent;
  /** Which fixed answer fits, when one does. */
  readonly fixed?: FixedTopic;
  /** What to search for. */
  readonly question: string;
  readonly filter?: PaperFilter;
  /** The title asked for in "do you have the paper ...?". */
  readonly title?: string;
}

/** Questions that are not about the papers' content. */
export type FixedTopic =
  | 'greeting'
  | 'thanks'
  | 'abilities'
  | 'instructions'
  | 'ping'
  | 'invention'
  | 'full-text'
  | 'size';

/**
 * Finds by rules what is wanted and which papers it is about. Text inside a question is never an
 * instruction: what tries to be one is left out of the search.
 */
export function readQuestion(asked: string, now: Date = new Date()): ReadQuestion {
  const question = stripInstructions(stripMarkup(asked));
  const fixed = fixedTopic(question === '' ? asked : question);
  const title = titleAsked(question);
  const filter = readFilter(question, now);
  return {
    intent: fixed === undefined ? findIntent(question) : fixedIntent(fixed),
    question: question === '' ? asked.trim() : question,
    ...(fixed !== undefined && { fixed }),
    ...(title !== undefined && { title }),
    ...(filter !== undefined && { filter }),
  };
}

/** Mentions and markup of chat platforms, and tags that pretend to be a prompt's. */
function stripMarkup(text: string): string {
  return text
    .replace(/<(\w+)>[^<]*\b(?:rule|reply|respond|ignore|instruction)s?\b[^<]*<\/\1>/gi, ' ')
    .replace(/<\/?\w+[^>]*>|<[@#!][^>]*>/g, ' ')
    .replace(/@(?:everyone|here|channel)\b/gi, ' ')
    .replace(/\bhttps?:\/\/\S+/gi, ' ')
    .replace(/\s+\n|\n\s+/g, '\n')
    .trim();
}

// Orders about the reply itself. What is left of the question is still answered.
const ORDERS: readonly RegExp[] = [
  /^\s*(?:system|assistant|developer)\b[^:\n]{0,40}:.*$/gim,
  /\b(?:ignore|forget|disregard) (?:all |any |the |your )*(?:previous|prior|above|earlier|other)[^.?!\n]*[.?!]?/gi,
  /,?\s*(?:\b(?:but|and|then|also|please)\b\s*)*\b(?:begin|start|end|finish|preface|prefix|sign)\b (?:off )?(?:your |the |every |each )?(?:answer|reply|response|message)\b[^.?!\n]*[.?!]?/gi,
  /,?\s*(?:\b(?:but|and|then|also)\b\s*)*\b(?:add|include|insert|append|post) (?:the |this |a )?(?:link|url|text|line|phrase)\b[^.?!\n]*/gi,
  /\b(?:reply|respond|answer) only (?:with|in)\b[^.?!\n]*[.?!]?/gi,
];

function stripInstructions(text: string): string {
  return ORDERS.reduce((left, order) => left.replace(order, ' '), text)
    .replace(/\s+/g, ' ')
    .trim();
}

const FIXED: readonly (readonly [FixedTopic, RegExp])[] = [
  [
    'instructions',
    /\b(?:your|the|hidden|system|secret|initial)\s+(?:\w+\s+)?(?:instructions?|system prompt|prompt|rules|configuration|api key|token)\b/i,
  ],
  [
    'invention',
    /\b(?:make up|invent|fabricate|fake|hallucinate|pretend)\b[^.?!]*\b(?:paper|citation|reference|stud(?:y|ies)|source|quote)s?\b/i,
  ],
  [
    'ping',
    /\b(?:ping|notify|tag|mention|alert|wake)\b[^.?!]{0,20}\b(?:everyone|everybody|all of us|the (?:whole )?(?:channel|team|server)|all)\b|^\s*@(?:everyone|here|channel)\s*$/i,
  ],
  [
    'full-text',
    /\b(?:full[- ]?(?:text|paper|pdf)|pdfs?)\b[^.?!]{0,60}\b(?:of|for|to)\b|\b(?:send|give|share|get|download|attach|upload|email)\b[^.?!]{0,30}\bpdfs?\b/i,
  ],
  [
    'size',
    /\bhow (?:many|much) (?:papers|abstracts|articles|documents|works)\b[^.?!]{0,40}\b(?:librar|index|corpus|collection|database|you (?:have|know|hold|got)|do you|are there in total|in total)|\bhow (?:big|large) is (?:your|the) (?:librar|index|corpus|collection|database)|\b(?:is|are) (?:it|the (?:library|index|corpus)|you|your \w+) (?:updated|up to date)/i,
  ],
  [
    'abilities',
    /^\W*(?:help|what can you do|what do you do|who are you|what are you|how do (?:you|i use you|i use this)(?: work)?|what is this(?: bot)?|what can i ask(?: you)?|what are you (?:able to|good at|for))\W*$|\bwhat (?:can|do) you (?:do|help)\b/i,
  ],
  [
    'greeting',
    /^\W*(?:hi|hello|hey|hiya|yo|good (?:morning|afternoon|evening)|howdy|hallo|salut|hola|moin)(?: (?:there|all|everyone|footnote|bot|team))?\W*$/i,
  ],
  [
    'thanks',
    /^\W*(?:ok(?:ay)?[,.!]? )?(?:thanks?(?: you)?|thank you|thx|ty|cheers|great|nice|cool|awesome|perfect|merci|danke|gracias)(?: (?:so much|a lot|very much|you|footnote|bot|man))*\W*$/i,
  ],
];

function fixedTopic(question: string): FixedTopic | undefined {
  return FIXED.find(([, pattern]) => pattern.test(question))?.[0];
}

function fixedIntent(topic: FixedTopic): Intent {
  switch (topic) {
    case 'abilities':
      return 'help';
    case 'size':
      return 'count';
    case 'full-text':
      return 'ask';
    case 'greeting':
    case 'thanks':
    case 'instructions':
    case 'ping':
    case 'invention':
      return 'small-talk';
  }
}

const INTENTS: readonly (readonly [Intent, RegExp])[] = [
  ['count', /\bhow many (?:papers|abstracts|articles|works|studies|publications)\b/i],
  [
    'similar',
    /\b(?:papers?|works?|anything|something|stuff|more)\s+(?:like|similar to|related to|close to)\b|\bsimilar (?:papers|works)\b/i,
  ],
  [
    'compare',
    /\bvs\.?\b|\bversus\b|\bcompar(?:e|es|ed|ing|ison)\b|\bdifferences?\b|\bdiffers? (?:from|between)\b|\bsame (?:idea|thing|as)\b|\bwhat'?s new in\b|\b(?:what|which) does each\b|\bwhat did the (?:later|second|newer) one\b/i,
  ],
  [
    'claim',
    /^\W*(?:is it true|is it (?:really )?the case|true or false|fact check|does the evidence|do (?:papers|studies) (?:show|agree|support))\b/i,
  ],
  [
    'list',
    /\b(?:list|enumerate|name|show me|find me|give me)\b[^.?!]{0,40}\b(?:papers|works?|stud(?:y|ies)|articles|methods|frameworks|models|approaches|all|them|benchmarks|surveys|datasets)\b|\b(?:which|what|any) (?:papers|works|studies|articles|frameworks|surveys|benchmarks)\b|\bany papers\b|\bpapers? (?:about|on)\b[^?]*\?|\bwhat (?:do|have) (?:we|you|u) (?:have|got)\b|\bwhat'?s there\b|\blist (?:all|them)\b/i,
  ],
];

function findIntent(question: string): Intent {
  return INTENTS.find(([, pattern]) => pattern.test(question))?.[0] ?? 'ask';
}

const TITLE_ASKED =
  /\b(?:do (?:you|we) have|have (?:you|we) got|is|got) (?:the |a )?(?:original |paper |article )*(?:[\w-]+ paper[:,]? *)?["“]?([^"”?]{8,200}?)["”]?(?: (?:in|on) (?:your|the|our) (?:library|index|list|corpus|database))?\s*\?*$/i;

/** A title in quotation marks, or in title case, after "do you have". */
function titleAsked(question: string): string | undefined {
  const title = TITLE_ASKED.exec(question)?.[1]?.trim().split(/,\s+/).at(-1);
  if (title === undefined || !/^(?:do|have|is|got)\b/i.test(question)) return undefined;
  const words = title.split(/\s+/);
  const capitals = words.filter((word) => /^\p{Lu}/u.test(word)).length;
  return words.length >= 3 && capitals >= words.length * 0.6 ? title : undefined;
}

const YEAR = String.raw`(?:19|20)\d\d`;
const ABOUT_PAPERS = String.raw`\b(?:papers?|works?|articles?|abstracts?|publications?|published|stud(?:y|ies)|anything|research|those|ones)\b`;
const RANGE = new RegExp(
  `${ABOUT_PAPERS}[^.?!]{0,60}\\b(?:between|from)\\s+(${YEAR})\\s*(?:and|to|until|-|–)\\s*(${YEAR})\\b`,
  'i',
);
const SINCE = new RegExp(
  `${ABOUT_PAPERS}[^.?!]{0,60}\\b(since|after|before|until|from|in|of)\\s+(${YEAR})\\b`,
  'i',
);
const RELATIVE = new RegExp(
  `${ABOUT_PAPERS}[^.?!]{0,60}\\b(?:from|in|of|since|after|before)\\s+((?:(?:last|this|past) (?:week|month|year))|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.? (?:\\d{1,2},? )?${YEAR})`,
  'i',
);

function readFilter(question: string, now: Date): PaperFilter | undefined {
  const range = RANGE.exec(question);
  if (range) return { from: `${range[1]}-01-01`, to: `${range[2]}-12-31` };
  const year = SINCE.exec(question);
  if (year) return yearFilter(year[1] ?? 'in', Number(year[2]));
  const relative = RELATIVE.exec(question)?.[1];
  const found = relative === undefined ? undefined : parseDates(relative, now)[0];
  return found === undefined ? undefined : monthFilter(found.start.date(), relative ?? '');
}

function yearFilter(word: string, year: number): PaperFilter {
  switch (word.toLowerCase()) {
    case 'since':
      return { from: `${year}-01-01` };
    case 'after':
      return { from: `${year + 1}-01-01` };
    case 'before':
      return { to: `${year - 1}-12-31` };
    case 'until':
      return { to: `${year}-12-31` };
    default:
      return { from: `${year}-01-01`, to: `${year}-12-31` };
  }
}

function monthFilter(start: Date, words: string): PaperFilter {
  const day = (date: Date) => date.toISOString().slice(0, 10);
  const end = new Date(start);
  if (/week/i.test(words)) end.setUTCDate(end.getUTCDate() + 6);
  else if (/year/i.test(words)) return yearFilter('in', start.getUTCFullYear());
  else end.setUTCMonth(end.getUTCMonth() + 1, 0);
  const from = /week/i.test(words)
    ? start
    : new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth(), 1));
  return { from: day(from), to: day(end) };
}

/** Whether anything is left to search for once words about papers and dates are set aside. */
export function hasTopic(question: string): boolean {
  const rest = question.replace(new RegExp(`${ABOUT_PAPERS}|\\b${YEAR}\\b`, 'gi'), ' ');
  return (
    analyse(rest.replace(/\b(?:list|find|published|all|every|year|month|week|last|past)\b/gi, ' '))
      .length > 0
  );
}
