import type { ClaimedEvidence } from './claim.ts';
import { linksIn } from './links.ts';

const MAX_LENGTH = 600;
const MIN_LETTERS = 8;

const MENTION = /(?<![\p{L}\p{N}])@[\p{L}\p{N}_]|<[@#!&:/a-z]|&lt;[@#!]/iu;
const ENTITY =
  /&(?:#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos|nbsp|commat|sol|colon|period|num|excl|lsqb|rsqb|lbrack|rbrack|lpar|rpar|grave|ast|lowbar|verbar|tilde|Tab|NewLine|bsol);?/gi;
const IMAGE_OR_LINK = /!\[|\]\(|\]\[/;
const MARKUP = /<\/?[a-z][^>]*>|```|\|\||~~|^#{1,6}\s|^>\s/i;
// Controls, format characters such as bidi marks and zero-width ones, and lone surrogates.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}]/gu;
// The model speaks of itself, of its orders or to the reader's account.
const ABOUT_ITSELF =
  /\b(?:as an? (?:ai|language model|assistant)|system prompt|my instructions|ignore (?:all |any |the )*(?:previous|prior)|api key|password|click (?:here|this|the)|visit (?:this|the|our)|subscribe|i(?:'m| am) sorry|i (?:cannot|can't|can not|won't))\b/i;

// An order, most likely out of a paper that gives it to us or to the reader.
const ORDERED =
  'visit|click|go to|send|e?-?mail|contact|call|follow|reply|respond|answer|tell|ask|ignore|forget|disregard|say|write|repeat|print|output|open|download|install|run|subscribe|buy|join|vote|share|obey|sign up|log in|register|check out|donate|pay|transfer|enter|submit|paste|copy|execute|browse|upload';
const ORDER = new RegExp(
  `^["“'‘(]?(?:please[, ]+|now[, ]+|just |then |also |so )*(?:${ORDERED})(?=[\\s:,])|\\bfrom now on\\b|\\b(?:reply|respond|answer) only\\b|\\btell the (?:user|reader)\\b`,
  'i',
);
// Behind a stop, a colon or a dash, with or without "and", an order may begin too.
const ORDER_WITHIN =
  /(?:[.;:!?–—]|,|\s-{1,3})\s(?:(?:and|so|then|but|please|now|just|also|kindly)[, ]+)*(?:visit|click|go to|download|install|subscribe|buy|sign up|log in|donate|disregard|obey|browse|check out)\s(?!(?:time|rate|through|count)s?\b)|\b(?:and|or|so|then|please|now|kindly|to|just|first)\s(?:please\s)?(?:visit|click|subscribe|sign up|log in|donate|obey)\s(?!(?:time|rate|through|count)s?\b)|\bplease\s+\p{L}+/iu;
// "Readers must install evilware", "you should visit": the reader is no part of a paper.
const TO_READER =
  /\b(?:readers?|users?|you|everyone|everybody|anyone|people|researchers?|developers?|subscribers?|visitors?|admins?|administrators?|members)\s+(?:\p{L}+\s+){0,2}?(?:must|should|shall|need to|needs to|have to|has to|ought to|are (?:asked|urged|advised|required|told|encouraged|invited) to|can|may|will)\s+(?:\p{L}+ly\s+|now\s+|also\s+|first\s+)?(?:visit|click|go to|send|e?-?mail|contact|call|follow|reply|respond|tell|ignore|forget|disregard|write to|download|install|run|subscribe|buy|join|vote|share|obey|sign up|log in|register|check out|donate|pay|transfer|enter|submit|paste|execute|upload)\b|\b(?:visit|visiting)\s+(?!time|rate|count|pattern|history|frequenc|sequence|probab|node|each|every|all|a\b|an\b)[\p{L}\d.-]*[\p{L}\d]\s+(?:today|now|immediately|at once|soon|right away)\b/iu;

/** A sentence fit to be shown, or why it is not. */
export type Wording =
  | {
      readonly kind: 'fit';
      readonly text: string;
      /** What reads as a link; it may stay only where the evidence has it too. */
      readonly links: readonly string[];
    }
  | { readonly kind: 'unfit'; readonly reason: string };

/**
 * A model's sentence in plain words: emphasis and marks for its own evidence go. Unfit with links,
 * mentions, images, markup, marks for other papers, or nothing to say.
 */
export function plainWording(text: string, evidence: readonly ClaimedEvidence[]): Wording {
  const seen = text.replace(UNSEEN, ' ').replace(/\s+/g, ' ').trim();
  // Tested as a page would read it: "＠everyone" and "&commat;everyone" are mentions.
  const read = decoded(seen);
  if (IMAGE_OR_LINK.test(read)) return unfit('it holds a link or an image');
  if (MENTION.test(read) || MARKUP.test(read)) return unfit('it holds a mention or markup');
  if (!speaksOfPaper(withoutEmphasis(read))) return unfit('it does not speak of a paper');
  const foreign = [...seen.matchAll(/\[(\d{1,3})\]/g)].find(
    ([, n]) => !evidence.some(({ paper }) => paper === Number(n)),
  );
  if (foreign !== undefined) return unfit(`it points to ${foreign[0]} without a quote from it`);
  const plain = withoutEmphasis(seen.replace(/\s*\[\d{1,3}\]/g, ''));
  if (plain.length > MAX_LENGTH) return unfit('it is too long for one sentence');
  if ((plain.match(/\p{L}/gu)?.length ?? 0) < MIN_LETTERS) return unfit('it says nothing');
  const ended = /[.!?…]["”’)]?$/.test(plain) ? plain : `${plain.replace(/[,;:]$/, '')}.`;
  const links = linksIn(withoutEmphasis(read).replace(/\s*\[\d{1,3}\]/g, ''));
  return { kind: 'fit', text: ended, links };
}

function speaksOfPaper(text: string): boolean {
  return ![ABOUT_ITSELF, ORDER, ORDER_WITHIN, TO_READER].some((pattern) => pattern.test(text));
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  commat: '@',
  sol: '/',
  bsol: '\\',
  colon: ':',
  period: '.',
  num: '#',
  excl: '!',
  lsqb: '[',
  lbrack: '[',
  rsqb: ']',
  rbrack: ']',
  lpar: '(',
  rpar: ')',
  grave: '`',
  ast: '*',
  lowbar: '_',
  verbar: '|',
  tilde: '~',
  tab: ' ',
  newline: ' ',
};

/** With its HTML entities, entities of entities too, and its wide letters as plain ones. */
function decoded(text: string): string {
  const once = text.replace(ENTITY, (entity) => {
    const name = entity.replace(/^&|;$/g, '').toLowerCase();
    const code = /^#x/.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    if (!name.startsWith('#')) return NAMED[name] ?? entity;
    return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
  });
  return once === text ? text.normalize('NFKC') : decoded(once);
}

function unfit(reason: string): Wording {
  return { kind: 'unfit', reason };
}

function withoutEmphasis(text: string): string {
  return text
    .replace(/(\*{1,3}|_{2,3})(?=\S)([^*]+?)\1/g, '$2')
    .replace(/`([^`]+)`/g, '$1')
    .replace(/[*`]/g, '')
    .trim();
}
