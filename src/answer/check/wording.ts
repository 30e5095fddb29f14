import type { ClaimedEvidence } from './claim.ts';

const MAX_LENGTH = 600;
const MIN_LETTERS = 8;

// What a platform, a page or a terminal would make something of.
const LINK =
  /\b[a-z][a-z\d+.-]*:\/\/\S*|\bwww\.\S*|\b(?:mailto|javascript|data|tel|sms|file):(?=\S)\S*|[\p{L}\p{N}._-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}|\b\d{1,3}(?:\.\d{1,3}){3}\b\S*|(?<![\p{L}\p{N}@.-])(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}\/\S*|(?<![\p{L}\p{N}@.-])[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.(?:com|org|net|io|ai|dev|app|co|gg|ly|me|xyz|info|biz|ru|cn|de|uk|eu|us|link|site|top|zip|sh|to)\b(?:\/\S*)?/giu;
const MENTION = /(?<![\p{L}\p{N}])@[\p{L}\p{N}_]|<[@#!&:/a-z]|&lt;[@#!]/iu;
const IMAGE_OR_LINK = /!\[|\]\(|\]\[/;
const MARKUP = /<\/?[a-z][^>]*>|```|\|\||~~|^#{1,6}\s|^>\s/i;
// Controls, format characters such as bidi marks and zero-width ones, and lone surrogates.
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}]/gu;
// The model speaks of itself, of its orders or to the reader's account.
const ABOUT_ITSELF =
  /\b(?:as an? (?:ai|language model|assistant)|system prompt|my instructions|ignore (?:all |any |the )*(?:previous|prior)|api key|password|click (?:here|this|the)|visit (?:this|the|our)|subscribe|i(?:'m| am) sorry|i (?:cannot|can't|can not|won't))\b/i;

// An order, most likely out of a paper that gives it to us or to the reader.
const ORDER =
  /^["“'‘(]?(?:please[, ]+|now[, ]+|just )*(?:visit|click|go to|send|e?-?mail|contact|call|follow|reply|respond|answer|tell|ask|ignore|forget|disregard|say|write|repeat|print|output|open|download|install|run|subscribe|buy|join|vote|share|obey)(?=[\s:,])|\bfrom now on\b|\b(?:reply|respond|answer) only\b|\btell the (?:user|reader)\b/i;

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
  if (IMAGE_OR_LINK.test(seen)) return unfit('it holds a link or an image');
  if (MENTION.test(seen) || MARKUP.test(seen)) return unfit('it holds a mention or markup');
  if (ABOUT_ITSELF.test(seen) || ORDER.test(withoutEmphasis(seen)))
    return unfit('it does not speak of a paper');
  const foreign = [...seen.matchAll(/\[(\d{1,3})\]/g)].find(
    ([, n]) => !evidence.some(({ paper }) => paper === Number(n)),
  );
  if (foreign !== undefined) return unfit(`it points to ${foreign[0]} without a quote from it`);
  const plain = withoutEmphasis(seen.replace(/\s*\[\d{1,3}\]/g, ''));
  if (plain.length > MAX_LENGTH) return unfit('it is too long for one sentence');
  if ((plain.match(/\p{L}/gu)?.length ?? 0) < MIN_LETTERS) return unfit('it says nothing');
  const ended = /[.!?…]["”’)]?$/.test(plain) ? plain : `${plain.replace(/[,;:]$/, '')}.`;
  const links = (ended.match(LINK) ?? []).map((link) => link.replace(/[.,;:!?)\]}"”’]+$/u, ''));
  return { kind: 'fit', text: ended, links };
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
