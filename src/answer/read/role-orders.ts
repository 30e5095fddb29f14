// Where a sentence or a clause begins. "How do agents act as judges?" is a question, "Act as a
// judge." an order.
const BEGINNING = String.raw`(?<=(?:^|[.?!:;,\n)\]"”'])\s*)(?:(?:please|pls|and|then|now|also|just|so|ok(?:ay)?|hey|hi|hello|dear|chatgpt|assistant|bot|footnote|only|always|never|you (?:will|must|shall|should|have to|are going to|can)|i (?:want|need|would like|'d like|order|command) you to|let'?s|let us)[\s,]+)*`;
const ASKING =
  'what|which|who|whose|how|why|when|where|do|does|did|is|are|can|could|tell|explain|list|compare|find|show|summari[sz]e|describe|give|name|any|papers?';
// An order ends with its sentence, or where a question begins in the same one.
const END = String.raw`[^?\n]*?(?:[.!](?=\s|$)[\s.!]*|\n|(?:[,:;–—-]\s*|\s(?=and\s))(?:(?:and|but|then|now|please|also|still)\s+)*(?=(?:${ASKING})\b)|$)`;

const YOU_ARE = String.raw`(?:you(?:['’]?re| are| will be| become)|u are|ur)\s+`;
const ROLE = `(?:(?:now|no longer|not|an?|the|my|called|named|acting|playing|pretending|free|going to (?:act|be|play|pretend)|from now on|in \\w+ mode)\\b${END}|[\\w’'-]+(?: [\\w’'-]+)?(?:[.!,;:\\n]\\s*|\\s+(?:(?:and|but|then)\\s+)?(?=(?:${ASKING})\\b)|$))`;
const MODES = 'developer|debug|god|dan|admin|jailbreak|sudo|root|unrestricted|maintenance|opposite';

/** Orders to be somebody else or to work otherwise, each with all that belongs to it. */
export const ROLE_ORDERS: readonly RegExp[] = [
  `${YOU_ARE}${ROLE}`,
  `(?:from (?:now|here|this point) on|going forward|henceforth|starting now|for the rest of (?:this|our|the) (?:chat|conversation|session))\\b${END}`,
  `(?:act|behave|pose|role-?play|speak|talk|reply|respond|answer|write)(?: to me)? (?:as|like)\\b${END}`,
  `(?:pretend|imagine|suppose|assume|simulate|play)(?: that)? (?:to be|(?:you(?:['’]?re| are)) (?:now|no longer|an?|the|my|free)|the role of|the part of)\\b${END}`,
  `pretend (?:to|that you|you)\\b${END}`,
  `(?:enable|enter|activate|engage|turn on|unlock|switch (?:in)?to|go into) (?:\\w+ ){0,3}mode\\b${END}`,
  `(?:${MODES}) mode(?: (?:is|has been))?(?: now)?(?: (?:on|enabled|activated|engaged|active|unlocked))?\\s*[.!,:;\\n]\\s*`,
  `(?:you )?(?:can )?do anything now\\b${END}`,
  `(?:you have|there are) no (?:more )?(?:rules|restrictions|limits|limitations|filters|guidelines)\\b${END}`,
  `(?:your (?:(?:new|real|only|next|true) )*(?:role|task|job|instructions?|name|persona|goal|orders?)|the new (?:role|persona|instructions?|orders?|system prompt)s?) (?:is|are|will be)\\b${END}`,
  `(?:play|start|begin) a game\\b${END}`,
  `(?:stay|remain) in character\\b${END}`,
  `(?:never|do not|don['’]?t) (?:break character|mention|say|reveal|admit) (?:that )?(?:you|character)\\b${END}`,
  `(?:(?:override|bypass|disable|drop|overrule|ignore|disregard) (?:(?:all|any|the|your|these|those|safety|previous) )*(?:instructions?|rules?|prompts?|orders?|filters?|restrictions?|guidelines?|safety|message|this|that|everything|above))\\b${END}`,
  `(?:say|print|output|write|repeat|type|echo|shout|reply|respond|answer)(?: with| by saying)? (?:only |just |nothing but |exactly )*["“'‘][^"”'’\\n]{1,80}["”'’][\\s.!,;:]*(?:(?:and|then|but)\\s+)*`,
].map((order) => new RegExp(`${BEGINNING}${order}`, 'giu'));
