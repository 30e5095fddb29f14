import type { Intent } from './answer.ts';

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

const FIXED: readonly (readonly [FixedTopic, RegExp])[] = [
  [
    'instructions',
    /\b(?:your|ur)\s+(?:\w+\s+){0,2}(?:instructions?|prompts?|rules|configuration|api keys?|tokens?|secrets?)\b|\b(?:show|reveal|print|repeat|translate|output|leak|tell me|give me|display|dump)\b[^.?!]{0,40}\b(?:system prompt|hidden instructions?|instructions (?:above|you were given)|initial prompt|api keys?)\b/i,
  ],
  [
    'invention',
    /(?:^|[.?!,;:]\s*|\b(?:and|then|just|please|pls|you|to|or|simply)\s+)(?:make up|invent|fabricate|fake|hallucinate|pretend)\b (?:me |us )?(?:that|there|a|an|some|one|two|three|any|\d+|it|the)\b[^.?!]*\b(?:paper|citation|reference|stud(?:y|ies)|source|quote)s?\b/i,
  ],
  [
    'ping',
    /\b(?:ping|notify|tag|mention|alert|wake)\b[^.?!]{0,20}\b(?:everyone|everybody|all of us|the (?:whole )?(?:channel|team|server))\b|^\s*@(?:everyone|here|channel)\s*$/i,
  ],
  [
    'full-text',
    /^\W*(?:the )?(?:full[- ]?(?:text|paper|pdf)|pdfs?)\b[^.?!]{0,60}\b(?:of|for|to)\b|\b(?:send|give|share|get|download|attach|upload|email|link|open|have)\b[^.?!]{0,30}\b(?:pdfs?|full[- ]?(?:text|paper))\b/i,
  ],
  [
    'size',
    /\bhow (?:many|much) (?:papers|abstracts|articles|documents|works)\b[^.?!]{0,40}\b(?:your (?:librar|index|corpus|collection|database)|the (?:library|index|database)\b|you (?:have|know|hold|got)|are there in total|in total)|\bhow (?:big|large) is (?:your (?:librar|index|corpus|collection|database)|the (?:library|index|corpus|collection|database)\W*$)|\b(?:is|are) (?:the (?:library|index|corpus)|you|your \w+) (?:updated|up to date)|\bis it (?:updated|up to date)\W*$/i,
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

/** The fixed answer that a question wants, if any. */
export function fixedTopic(question: string): FixedTopic | undefined {
  return FIXED.find(([, pattern]) => pattern.test(question))?.[0];
}

/** What a question with a fixed answer counts as. */
export function fixedIntent(topic: FixedTopic): Intent {
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
    /\bvs\.?\b|\bversus\b|\bcompar(?:e|es|ed|ing|ison)\b|(?<!\b(?:temporal|finite|time|squared|central)[- ])\bdifferences?\b|\bdiffers? (?:from|between)\b|\bsame (?:idea|thing|as)\b|\bwhat'?s new in\b|\b(?:what|which) does each\b|\bwhat did the (?:later|second|newer) one\b/i,
  ],
  [
    'claim',
    /^\W*(?:is it true|is it (?:really )?the case|true or false|fact check|does the evidence|do (?:papers|studies) (?:show|agree|support))\b/i,
  ],
  [
    'list',
    /\b(?:list|enumerate|name|show me|find me|give me)\b[^.?!]{0,40}\b(?:papers|works?|stud(?:y|ies)|articles|methods|frameworks|models|approaches|all|them|benchmarks|surveys|datasets)\b|\bany works\b|\b(?:which|what) works (?:on|about|use|study|do|are|have|propose)\b|\b(?:which|what|any) (?:papers|studies|articles|frameworks|surveys|benchmarks)\b|\bany papers\b|^\W*(?:any )?(?:papers?|works?|research|studies|stuff|anything) (?:about|on|from|that|which|using|with|for)\b|\bpapers? (?:about|on)\b[^?]*\?|^\W*(?:\w+ ){0,3}(?:papers|works?|research) (?:about|on|with|using|evaluated|trained|tested|from|for)\b|\bin any (?:papers?|abstracts?)\b|\bdo(?:es)? any (?:papers?|abstracts?)\b|\bwhat (?:do|have) (?:we|you|u) (?:have|got)\b|\bwhat'?s there\b|\bstuff\s*\?|\bbeen (?:used|applied|tried) (?:for|to|in|on|with)\b[^?]*\b(?:anything|else|other|besides|beyond)\b|\blist (?:all|them)\b/i,
  ],
];

/** What is wanted of the papers; `ask` when nothing says otherwise. */
export function findIntent(question: string): Intent {
  return INTENTS.find(([, pattern]) => pattern.test(question))?.[0] ?? 'ask';
}
