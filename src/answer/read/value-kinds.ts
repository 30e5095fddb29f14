/** A kind of value that a question may want and a sentence may carry. */
export interface ValueKind {
  readonly name: string;
  /** Whether only a sentence that has something else in common with the question will do. */
  readonly isLoose?: boolean;
  /** Questions that want it. */
  readonly asks: RegExp;
  /** Sentences that carry it, all of them together. */
  readonly shows: readonly RegExp[];
}

const AMOUNT = String.raw`(?:\d[\d.,^]*\+?|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands|millions|billions|half)\b)`;
const RATIO =
  /\d\s*(?:\\?%|x\b|×|times|-?fold|percent)|\b(?:twice|half|halv\w+|double[sd]?|triple[sd]?|third|quarter|tenfold|orders? of magnitude)\b/i;
const TIME = new RegExp(
  String.raw`${AMOUNT}[\s-]*(?:(?:gpu|tpu|cpu)[\s-]*)?(?:ns|[mµu]s|s|sec(?:ond)?s?|milli-?seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?)\b`,
  'i',
);
const QUANTITY = new RegExp(String.raw`(?<![\p{L}\p{N}–-])\d|${RATIO.source}`, 'iu');

/**
 * The kinds, by general words of the field and of measuring; what is peculiar to one measure (BLEU,
 * FID) is a specific of the question instead. A question may want several.
 */
export const VALUE_KINDS: readonly ValueKind[] = [
  {
    name: 'date',
    asks: /\bwhen (?:was|were|did|is)\b.*\b(?:publish|releas|present|written|wrote|come out|came out|made|submitted|appear|introduced|proposed|created)|\band when\b\W*$|\b(?:what|which) (?:year|date|month)\b|\b(?:publication|release) (?:date|year)\b/i,
    shows: [/\b(?:19|20)\d\d\b/],
  },
  {
    name: 'venue',
    asks: /\b(?:what|which) (?:conference|journal|venue|workshop)\b|\bwhere was\b.*\b(?:published|presented)\b/i,
    shows: [/\b(?:conference|journal|workshop|symposium|proceedings)\b/i],
  },
  {
    name: 'person or institution',
    asks: /\bwho(?:'s| is| are)? (?:the |its )?(?:wrote|authors?|made|built|created|developed|invented|funded|published|owns?|maintains?|behind)\b|\b(?:authors?|authored|co-?authors?|affiliations?|universit(?:y|ies)|institut(?:ion|e)s?|lab(?:oratory)?|compan(?:y|ies)|sponsors?|first author)\b/i,
    shows: [
      /\bauthors? (?:is|are) \p{Lu}|\b(?:deployed |built |developed |used )?at \p{Lu}\p{L}+(?:'s)?\b/u,
    ],
  },
  {
    name: 'licence',
    asks: /\blicen[cs]\w*|\bcommercial(?:ly)?\b/i,
    shows: [/\blicen[cs]\w*|\bcommercial/i],
  },
  {
    name: 'price',
    asks: /\b(?:dollars?|usd|euros?|price|pricing|per month)\b|\$|\bhow much (?:money|(?:does|did|do|would|will) .{1,60}\bcosts?\b)|\bwhat (?:does|did|do|would) .{1,60}\bcosts?\b(?! function)/i,
    shows: [/[$€]\s?\d|\d[\d.,]*\s?(?:[kmb]\s?)?(?:dollars|usd|euros?|cents)\b/i],
  },
  {
    name: 'frames per second',
    asks: /\bfps\b|\bframe[- ]?rates?\b|\bframes (?:per|a) second\b/i,
    shows: [/\d\s*(?:fps\b|frames? (?:per|a|\/) ?s)|\bframe[- ]?rate\b.*\d/i],
  },
  {
    name: 'duration saved',
    asks: /\bhow much\b.*\b(?:time|latency)\b.*\b(?:save|shave|reduc|cut|off|less|lower)|\b(?:time|latency) (?:reduction|saving)s?\b|\b(?:reduc|sav|shav|cut)\w*\b.*\b(?:time|latency)\b/i,
    shows: [RATIO],
  },
  {
    name: 'duration',
    asks: /^(?!.*\b(?:reduc\w*|sav\w+|shav\w+|cut|gain|better|faster|improv\w*|compar\w*|vs)\b).*(?:\bhow long\b(?! range)|\b(?:training|search|inference|wall[- ]?clock|running|run|pre-?training) ?times?\b|\blatency\b|\b(?:gpu|tpu)[- ](?:hours?|days?)\b|\bhow many (?:\w+ )?(?:hours|days|weeks|minutes|seconds|years)\b)/i,
    shows: [TIME],
  },
  {
    name: 'speed',
    isLoose: true,
    asks: /\bhow (?:much )?(?:fast|faster|slow|slower|quick|quicker)\b|\b(?:speed-?ups?|throughputs?)\b|\bspeed (?:gain|improvement|increase)\b/i,
    shows: [
      QUANTITY,
      /\b(?:speed|speeds|speed-?ups?|sped|fast|faster|slower|quick\w*|throughputs?|latency|latencies|time|times|real-?time|accelerat\w+|per second|fps|ms|milliseconds?|seconds?|minutes?|hours?|efficient|efficiency)\b|\d\s*(?:x|×|fps|ms|times|[kmgt]b(?:it)?(?:\/s|ps))/i,
    ],
  },
  {
    name: 'memory',
    asks: /\b(?:how (?:much|large|big|small)|what|size|usage|footprint|requirements?|reduction|save[sd]?|saving)\b.*\b(?:v?ram|memory)\b(?! (?:hierarchy|network|module|system|type))|\b(?:v?ram|memory)\b (?:footprint|usage|requirements?|consumption|reduction|savings?|does|is|needed)|\bvram\b/i,
    shows: [/\d|\bhalf\b/i, /\b(?:memory|v?ram)\b|\d\s*[kmgt]i?b\b/i],
  },
  {
    name: 'energy',
    asks: /\b(?:how much|what|by how)\b.*\b(?:energy|power|electricity)\b|\b(?:energy|power) (?:consumption|usage|use|efficiency|draw|savings?)\b|\b(?:watts?|joules?|kwh|wattage)\b/i,
    shows: [
      QUANTITY,
      /\b(?:energy|power|electricity|watts?|joules?)\b|\d\s*(?:[mkµu]?[wj]|kwh)\b/i,
    ],
  },
  {
    name: 'parameters',
    asks: /\bhow many (?:\w+ )?param(?:eter)?s\b|\b(?:number|amount) of (?:\w+ )?param(?:eter)?s\b|\bparam(?:eter)?s? (?:count|number|size|budget)\b|\bmodel size\b/i,
    shows: [
      /(?<![\w-])\d[\d.,]*\s?(?:[MBT]\b|[mb]illion\b|trillion\b)(?![ -](?:tokens?|samples|images|nodes|edges|users|records|vectors|pairs))|\d[\d.,]*\s?[kK]?\s(?:\w+ ){0,2}parameters?\b|\bparameters?\b.{0,30}\d|\d\s?\\?% .{0,30}\bparameters?\b|\b(?:trillion|billion)[- ]parameters?\b/,
    ],
  },
  {
    name: 'training data',
    asks: /^(?!.*\b(?:gpus?|tpus?|hardware|machines?|devices?|clusters?)\b).*(?:\b(?:data ?-?sets?|corpus|corpora|data)\b.*\b(?:pre-?)?train(?:ed|ing)?\b|\b(?:pre-?)?train(?:ed|ing)? (?:data ?-?set|corpus|data)\b|\btrained on\W*$)/i,
    shows: [
      /\b(?:pre-?)?train\w*\b/i,
      /\bdata\b|\bdata ?-?sets?\b|\bcorp(?:us|ora)\b|\btokens\b|\btrain\w* (?:set|on)\b/i,
    ],
  },
  {
    name: 'data set',
    asks: /^(?!.*\btrain).*\b(?:which|what|any) (?:\w+[- ]){0,3}(?:data ?-?sets?|benchmarks?|corpora|corpus|test sets?|data (?!structure|flow|parallel))\b|\bwhat\b.*\b(?:evaluate|evaluated|test|tested|benchmarked|validated) (?:it )?on\b|\bdata ?-?sets?\W*$|\bon (?:which|what) data\b/i,
    shows: [
      /\bdata ?-?sets?\b|\bbenchmarks?\b|\bcorp(?:us|ora)\b|\b(?:test|training|validation) sets?\b|\bleaderboard|\bchallenge\b|\b(?:experiments?|results?|evaluat\w+|tested?|validated?|performance|synthesis|accuracy|trained|training|survey data) (?:\w+ ){0,6}?(?:on|with) (?:the |both |several |various )?[\p{Lu}\d]/iu,
    ],
  },
  {
    name: 'hardware',
    asks: /\b(?:which|what|kind of|type of) (?:\w+ )?(?:hardware|gpus?|cpus?|devices?|machines?|chips?|processors?|accelerators?|phones?|boards?)\b(?! (?:memory|hours?|days?|time|usage|utili[sz]ation|kernels?|budget))/i,
    shows: [
      /\b(?:gpus?|cpus?|tpus?|npus?|fpgas?|asics?|rtx ?\d+|[atvh]\d{1,3}0?|jetson|raspberry|iphone|smartphones?|phones?|mobile devices?|edge devices?|edge ?tpu|processors?|cores?|chips?|microcontrollers?|dgx|snapdragon)\b/i,
    ],
  },
  {
    name: 'code',
    asks: /\b(?:is|are|where|any|has|got|have|link|get|find|public|released?|available)\b.*\b(?:code|source code|implementation|repo(?:sitory)?|github|weights|checkpoints?|open[- ]?sourced?)\b|\b(?:code|github|repo|weights)\b.*\b(?:available|public|out|released|link|url|where)\b|\b(?:code|github|repo)\W*$|\bopen[- ]?sourced?\b/i,
    shows: [
      /\bcodes?(?:base)?\b|\bgithub\b|\bopen-? ?sourc\w+|\bpublicly (?:available|released)|\b(?:models?|implementation|weights|checkpoints?) (?:is|are|will be) (?:\w+ )?(?:available|released|public)|https?:\/\//i,
    ],
  },
  {
    name: 'percentage',
    isLoose: true,
    asks: /\bpercent(?:age)?\b/i,
    shows: [/\d\s*(?:\\?%|percent)/i],
  },
  {
    name: 'improvement',
    isLoose: true,
    asks: /\b(?:by )?how much\b.*\b(?:better|more|less|worse|improv\w*|gain\w*|reduc\w*|increase\w*|cheaper|smaller|fewer|lower|higher|beat|outperform|surpass|cut|save)\b|\bby how\b|\bhow (?:much )?(?:better|cheaper|smaller|larger|fewer)\b|\bhow many (?:times|points|db)\b|\b(?:gain|improvement|reduction)s? (?:of|over|on|in|from|at)\b|\b(?:gain|improvement|reduction)\W*$/i,
    shows: [QUANTITY],
  },
];
