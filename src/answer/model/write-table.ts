import { analyse } from '../../retrieval/analyzer.ts';
import type { Passage } from '../../retrieval/passage.ts';
import type { Claim } from '../check/claim.ts';
import { findQuote } from '../check/find-quote.ts';
import { type Quote, quoteText } from '../draft.ts';
import { sentenceOn } from '../extract/aspects.ts';
import { tableSentences } from '../extract/tables.ts';
import { readClaims } from './model-call.ts';
import { asData, LONGEST_QUESTION, promptPapers } from './prompt-papers.ts';
import type { DraftTable, WriteRequest, Written } from './written.ts';

const MAX_TOKENS = 1_200;
const MOST_ROWS = 6;
const ASPECT = /^\p{L}[\p{L} /-]{2,39}$/u;
const GENERAL = new Set(
  analyse(
    `approach method goal task problem idea architecture model training inference data dataset
    evaluation benchmark results performance accuracy quality speed latency throughput efficiency
    cost memory size parameters energy hardware scale limits code availability deployment theory
    baseline compared gain improvement contribution domain application input output`,
  ),
);

type Row = DraftTable['rows'][number];

/**
 * A comparison whose rows the model proposes and whose cells are quotes found in the abstracts.
 * Where the model has none, the abstract is searched by rules before it is said to state nothing.
 */
export async function writeTable(
  request: WriteRequest & { readonly columns: readonly Passage[] },
): Promise<Written> {
  const { columns, prompts, question, use } = request;
  const { papers, text } = promptPapers(columns, columns.length);
  const given = columns.slice(0, papers.length);
  const rows: Row[] = [];
  const task = {
    task: 'compare',
    maxTokens: MAX_TOKENS,
    messages: prompts
      .prompt('compare')
      .render({ papers: text, question: asData(question).slice(0, LONGEST_QUESTION) }),
  };
  let refused = 0;
  const end = await readClaims(use, task, (claim) => {
    const row = toRow(claim, { ...request, columns: given });
    if (row === undefined || rows.some(({ aspect }) => aspect === row.aspect)) refused += 1;
    else if (rows.length < MOST_ROWS) {
      rows.push(row);
      for (const sentence of tableSentences({ columns: given, rows: [row] })) {
        request.onSentence(sentence);
      }
    }
  });
  const notes = refused === 0 ? [] : [`${refused} rows failed their check`];
  const table = { columns: given, rows };
  if (rows.length > 0) {
    const cut = end.failure !== undefined && { cutBy: end.failure };
    return { kind: 'written', sentences: tableSentences(table), table, notes, ...cut };
  }
  if (end.failure !== undefined) return { kind: 'unusable', failure: end.failure, notes };
  return end.saidNone ? { kind: 'none', saidNone: true, notes } : { kind: 'unusable', notes };
}

function toRow(
  { text, evidence }: Claim,
  request: WriteRequest & { readonly columns: readonly Passage[] },
): Row | undefined {
  const aspect = text
    .replace(/[*_`:\s]+$/g, '')
    .replace(/^[*_`\s]+/g, '')
    .toLowerCase();
  const found = request.columns.map((passage, i) =>
    located(evidence.find(({ paper }) => paper === i + 1)?.quote, passage),
  );
  if (found.every((cell) => cell === undefined)) return undefined;
  const cells = request.columns.map(
    (passage, i) => found[i] ?? sentenceOn(aspect, passage, request),
  );
  return isAspect(aspect, cells, request.question) ? { aspect, cells } : undefined;
}

function located(quote: string | undefined, { paper }: Passage): Quote | undefined {
  const [span] = quote === undefined ? [] : findQuote(quote, paper.abstract);
  return span && { paper, ...span };
}

/** A label may not say anything of its own: its words are general, asked for, or quoted. */
function isAspect(
  aspect: string,
  cells: readonly (Quote | undefined)[],
  question: string,
): boolean {
  if (!ASPECT.test(aspect)) return false;
  const quotes = cells.map((cell) => (cell === undefined ? '' : quoteText(cell)));
  const known = new Set(analyse([question, ...quotes].join(' ')));
  return analyse(aspect).every((term) => GENERAL.has(term) || known.has(term));
}
