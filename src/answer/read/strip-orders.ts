import { ROLE_ORDERS } from './role-orders.ts';

/** The question without chat markup and without what tries to be an instruction. */
export function stripOrders(asked: string): string {
  return stripInstructions(stripMarkup(asked));
}

// Not "<think>" nor "error <5 and speed-up >2": those are asked about.
const PROMPT_TAG =
  /<\/?(?:system|user|assistant|developer|context|documents?|rules?|instructions?|prompt|important|admin|script|img|a|b|i|p|br|div|span)\b[^>]*>/gi;
// Code marks around an order take it with them; around anything else they only mark it.
const MARKED_ORDER =
  /(`{1,3})(?!`)[^`]*\b(?:rules?|reply|respond|ignore|disregard|forget|override|instructions?|prompts?|system)\b[^`]*\1/gi;

/** Mentions and markup of chat platforms, and tags that pretend to be a prompt's. */
function stripMarkup(text: string): string {
  return text
    .replace(/<(\w+)>[^<]*\b(?:rule|reply|respond|ignore|instruction)s?\b[^<]*<\/\1>/gi, ' ')
    .replace(MARKED_ORDER, ' ')
    .replace(/`+/g, ' ')
    .replace(PROMPT_TAG, ' ')
    .replace(/<[@#!][^>]*>/g, ' ')
    .replace(/@(?:everyone|here|channel)\b/gi, ' ')
    .replace(/\bhttps?:\/\/\S+/gi, ' ')
    .replace(/\s+\n|\n\s+/g, '\n')
    .trim();
}

// Orders about the reply itself. What is left of the question is still answered.
const ORDERS: readonly RegExp[] = [
  /^\s*(?:system|assistant|developer)\b[^:\n]{0,40}:.*$/gim,
  // An order begins its sentence or names what to ignore: "networks forget previous tasks" does not.
  /(?:(?<=^|[.?!:;,\n]\s*)|\b(?:please|and|then|now|also)\s+)(?:ignore|forget|disregard) (?:all |any |the |your )*(?:previous|prior|above|earlier|other)[^.?!\n]*[.?!]?/gi,
  /\b(?:ignore|forget|disregard) (?:all |any |the |your )*(?:previous|prior|above|earlier|other) (?:instructions?|rules?|prompts?|orders?)\b[^.?!\n]*[.?!]?/gi,
  ...ROLE_ORDERS,
  /,?\s*(?:\b(?:but|and|then|also|please)\b\s*)*\b(?:begin|start|end|finish|preface|prefix|sign)\b (?:off )?(?:your |the |every |each )?(?:answer|reply|response|message)\b[^.?!\n]*[.?!]?/gi,
  /,?\s*(?:\b(?:but|and|then|also)\b\s*)*\b(?:add|include|insert|append|post) (?:the |this |a )?(?:link|url|text|line|phrase)\b[^.?!\n]*/gi,
  /\b(?:reply|respond|answer) only (?:with|in)\b[^.?!\n]*[.?!]?/gi,
];

function stripInstructions(text: string): string {
  return ORDERS.reduce((left, order) => left.replace(order, ' '), text)
    .replace(/\s+/g, ' ')
    .trim();
}
