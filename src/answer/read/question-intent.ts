import type { Intent } from '../answer.ts';

/** Questions that are not about the papers' content. */
export type FixedTopic =
  | 'greeting'
  | 'thanks'
  | 'chat'
  | 'identity'
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
    /^\W*(?:(?:so|ok|and|please|pls|tell me|say)[\s,]+)*(?:how (?:many|much) (?:papers|abstracts|articles|documents|works|publications)(?: (?:are|is|do|does|did|have|you|we|u|they|there|here|exist|has|got|hold|know|of|indexed|stored|available|in total|altogether|total|now|currently|all))*|(?:count|number of|total(?: number)? of|what is the (?:total )?number of) (?:all |the |your |our |of )*(?:papers|abstracts|articles|documents|works|publications)(?: (?:please|pls|there|are|you|have|we|in|total))*)\W*$|\bhow (?:many|much) (?:papers|abstracts|articles|documents|works)\b[^.?!]{0,40}\b(?:your (?:librar|index|corpus|collection|database)|the (?:library|index|database)\b|you (?:have|know|hold|got)|are there in total|in total)|\bhow (?:big|large) is (?:your (?:librar|index|corpus|collection|database)|the (?:library|index|corpus|collection|database)\W*$)|\b(?:is|are) (?:the (?:library|index|corpus)|you|your \w+) (?:updated|up to date)|\bis it (?:updated|up to date)\W*$/i,
  ],
  [
    'abilities',
    /^\W*(?:help(?: me)?(?: please)?|what can you do|what do you do|who (?:are|r) (?:you|u)|what are you|how do (?:you|i use you|i use this)(?: work)?|what is this(?: bot)?|what can i ask(?: you)?|what are you (?:able to|good at|for))\W*$|\bwhat (?:can|do) you (?:do|help)\b|^\W*(?:what|which) (?:topics?|areas?|fields?|subjects?|domains?) (?:do|can|are|have) you (?:cover|know|have|hold|got|in|on|about|for|indexed)\b[^?]{0,20}\W*$|^\W*(?:can|do|could|are|will) (?:you|u|this bot) (?:able to )?(?:search|browse|access|read|use|look up|go on|connect)(?: to| on)? (?:the )?(?:arxiv|web|internet|google|pdfs?|full texts?|online)\b[^?]{0,30}\W*$/i,
  ],
  [
    'identity',
    /^\W*(?:(?:so|hey|wait),? )?(?:(?:are|r) (?:you|u) (?:a |an |the |really |even |just |some )*(?:chat-?gpt|gpt\S*|claude|gemini|llama|siri|alexa|copilot|ai|bot|chat-?bot|human|person|robot|real|llm|language model|machine|program|sentient|alive)(?: or .{1,30})?|who (?:made|built|created|wrote|programmed|runs|owns|developed|trained) (?:you|u|this(?: bot| thing)?)|what(?:'s| is) your name|what(?:'s| is)? (?:ai |language )?model (?:are|do) you(?: use)?)\W*$/i,
  ],
  [
    'greeting',
    /^(?=.*\w)\W*(?:(?:h+i+|hello+|he+y+|hiya|yo+|sup|good (?:morning|afternoon|evening|day)|howdy|greetings|hallo|salut|bonjour|hola|ciao|namaste|moin|servus|guten (?:tag|morgen))(?:[ ,!]+(?:there|all|everyone|folks|footnote|bot|team|guys|friend))?\W*)?(?:(?:how (?:are|r) (?:you|u|things)(?: (?:doing|today))*|how'?s it going|what'?s up|wass?up)\W*)?$/i,
  ],
  [
    'thanks',
    /^\W*(?:ok(?:ay)?[,.!]? )?(?:many )?(?:thanks?(?: you)?|thank you|thx|ty|cheers|great|nice|cool|awesome|perfect|brilliant|well done|good (?:job|bot|work|answer|one)|love it|merci|danke|gracias)(?: (?:so much|a lot|very much|you|footnote|bot|man|job|work|one|answer))*\W*$/i,
  ],
  [
    'chat',
    /^\W*(?:l+o+l+|lmao|rofl|(?:ha|he){2,}h?|ok(?:ay)?|k+|yes|yeah|yep|no|nope|sure|right|hm+|oh|wow|fine|got it|i see|(?:you(?:'re| are)|that(?:'s| is)|this is) (?:so |very |just |totally )?(?:wrong|right|great|good|bad|stupid|useless|funny|awesome|nice|cool|not (?:right|true|helpful))|bad bot|i (?:love|hate|like) (?:you|u|this)(?: bot)?|(?:can you )?tell (?:me|us) a (?:joke|story)|sing (?:me )?a song|good ?bye|bye+|see (?:you|ya)|good night|sorry|never ?mind|test(?:ing)?)(?: (?:then|bot|lol|please|so much|too))?\W*$/i,
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
    case 'identity':
      return 'help';
    case 'size':
      return 'count';
    case 'full-text':
      return 'ask';
    case 'greeting':
    case 'thanks':
    case 'chat':
    case 'instructions':
    case 'ping':
    case 'invention':
      return 'small-talk';
  }
}

const INTENTS: readonly (readonly [Intent, RegExp])[] = [
  [
    'count',
    /\bhow many (?:papers|abstracts|articles|documents|works|studies|publications)\b|^\W*(?:please )?count\b[^.?!]{0,40}\b(?:papers|abstracts|articles|works|studies)\b|\bnumber of (?:papers|abstracts|articles|works|studies|publications)\b/i,
  ],
  [
    'similar',
    /\b(?:papers?|works?|anything|something|stuff|more)\s+(?:like|similar to|related to|close to)\b|\bsimilar (?:papers|works)\b/i,
  ],
  [
    'compare',
    /\bvs\.?\b|\bversus\b|\bcompar(?:e|es|ed|ing|ison)\b|(?<!\b(?:temporal|finite|time|squared|central)[- ])\bdifferences?\b|\bdiffers?\b|\bsame (?:idea|thing|as)\b|\bwhat'?s new in\b|\b(?:what|which) does each\b|\bwhat did the (?:later|second|newer) one\b/i,
  ],
  [
    'claim',
    /^\W*(?:is it true|is it (?:really )?the case|true or false|fact check|claim\b|does the evidence|do (?:papers|studies) (?:show|agree|support))|^\W*(?:i|we) (?:heard|read|was told|were told|thought)\b|\b(?:true|right|correct)\s*\?\s*$/i,
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
