import { foldTitle } from '../../papers/fold.ts';
import { type CheckedClaim, checkClaim } from '../check/check-claim.ts';
import type { Claim } from '../check/claim.ts';
import type { DraftSentence } from '../draft.ts';
import { type ModelTask, type ReplyEnd, readClaims } from './model-call.ts';
import { asData, LONGEST_QUESTION, type PromptPapers, promptPapers } from './prompt-papers.ts';
import { verifySentences } from './verify-sentences.ts';
import type { WriteRequest, Written } from './written.ts';

type Failed = Extract<CheckedClaim, { readonly kind: 'failed' }>;

const MOST_PAPERS = 8;
const MOST_SENTENCES = 8;
const MAX_TOKENS = 1_200;
const LONGEST_ECHO = 1_200;
const LONGEST_FAILURE = 400;
const MOST_REPAIRED = 4;

/**
 * The answer in a model's own sentences, each released only once its quote stands in the abstract
 * and bears it out. What fails is given back to the model once, with the reasons, then dropped.
 */
export async function writeAnswer(request: WriteRequest): Promise<Written> {
  const papers = promptPapers(request.passages, MOST_PAPERS);
  const desk = new Desk(request, papers);
  const task: ModelTask = {
    task: 'answer',
    maxTokens: MAX_TOKENS,
    messages: request.prompts.prompt('answer').render({
      papers: papers.text,
      question: asData(request.question).slice(0, LONGEST_QUESTION),
    }),
  };
  const end = await readClaims(request.use, task, (claim) => desk.take(claim));
  const notes = await desk.repair(task, end);
  const isWritten = desk.released.length > 0;
  if (!isWritten && end.failure !== undefined) {
    return { kind: 'unusable', failure: end.failure, notes };
  }
  if (!isWritten) {
    const hasSaid = end.saidNone || desk.hasFailed;
    const { saidNone } = end;
    return hasSaid ? { kind: 'none', saidNone, notes } : { kind: 'unusable', notes };
  }
  const cut = end.failure !== undefined && { cutBy: end.failure };
  if (request.verify === 'rules') {
    return { kind: 'written', sentences: desk.released, notes, ...cut };
  }
  return { ...(await verified(request, desk.released, notes)), ...cut };
}

/** With a second opinion nothing is shown before it is given. */
async function verified(
  request: WriteRequest,
  released: readonly DraftSentence[],
  notes: readonly string[],
): Promise<Written> {
  const { sentences, notes: more } = await verifySentences(released, request);
  for (const sentence of sentences) request.onSentence(sentence);
  const all = [...notes, ...more];
  return sentences.length > 0
    ? { kind: 'written', sentences, notes: all }
    : { kind: 'none', saidNone: false, notes: all };
}

/** Where claims are checked, released or laid aside for repair. */
class Desk {
  readonly released: DraftSentence[] = [];
  private failed: Failed[] = [];
  private dropped = 0;
  private readonly said = new Set<string>();
  private readonly request: WriteRequest;
  private readonly papers: PromptPapers;

  constructor(request: WriteRequest, papers: PromptPapers) {
    this.request = request;
    this.papers = papers;
  }

  /** Whether a sentence with a quote did not pass; without any quote it was no answer at all. */
  get hasFailed(): boolean {
    return this.failed.length + this.dropped > 0;
  }

  take(claim: Claim): void {
    const { acronyms } = this.request.retrieval.statistics;
    const checked = checkClaim(claim, { papers: this.papers.papers, acronyms });
    if (checked.kind === 'failed') this.failed.push(checked);
    else this.release(checked.sentence);
  }

  /** One call for all that failed; what fails again is dropped. */
  async repair(task: ModelTask, end: ReplyEnd): Promise<readonly string[]> {
    const failures = [...this.failed.map(toLine), ...end.bare.map((text) => bareLine(text))];
    if (failures.length === 0) return [];
    this.dropped = this.failed.length;
    this.failed = [];
    const first = `${failures.length} sentences failed their check: ${reasonsOf(failures)}`;
    // A model that cannot be reached is not asked again; remarks alone need no mending.
    const isLost =
      end.failure !== undefined || (end.bare.length === failures.length && end.saidNone);
    if (isLost || (this.released.length > 0 && end.bare.length === failures.length)) return [first];
    const before = this.released.length;
    const repaired = await readClaims(
      this.request.use,
      {
        task: 'repair',
        maxTokens: task.maxTokens,
        messages: [
          ...task.messages,
          { role: 'assistant', text: end.text.slice(0, LONGEST_ECHO) },
          ...this.request.prompts.prompt('repair').render({
            failures: failures
              .slice(0, MOST_REPAIRED)
              .map(({ line }) => line)
              .join('\n'),
          }),
        ],
      },
      (claim) => this.take(claim),
    );
    const why = repaired.failure === undefined ? '' : ` (${repaired.failure.failure})`;
    return [first, `${this.released.length - before} of them mended${why}`];
  }

  private release(sentence: DraftSentence): void {
    const key = foldTitle(sentence.text);
    if (this.said.has(key) || this.released.length >= MOST_SENTENCES) return;
    this.said.add(key);
    this.released.push(sentence);
    if (this.request.verify === 'rules') this.request.onSentence(sentence);
  }
}

interface Failure {
  readonly line: string;
  readonly reason: string;
}

function toLine({ claim, reason }: Failed): Failure {
  const evidence = claim.evidence.map(({ paper, quote }) => `[${paper}] "${asData(quote)}"`);
  const line = cut(`- ${asData(claim.text)} ${evidence.join(' ')}`);
  return { line: `${line} (wrong: ${reason})`, reason };
}

function bareLine(text: string): Failure {
  const reason = 'it has no quote';
  return { line: `${cut(`- ${asData(text)}`)} (wrong: ${reason})`, reason };
}

function cut(line: string): string {
  return line.length <= LONGEST_FAILURE ? line : `${line.slice(0, LONGEST_FAILURE)}…`;
}

/** Our own words only: names and numbers of the model's are not for the Trace. */
function reasonsOf(failures: readonly Failure[]): string {
  const kinds = failures.map(({ reason }) =>
    reason.replace(
      /"[^"]*"|\[\d+\]|(?<=^the number ).*?(?= (?:does|counts|belongs))|(?<= (?:unit|bound) for ).*/g,
      '…',
    ),
  );
  return [...new Set(kinds)].join('; ');
}
