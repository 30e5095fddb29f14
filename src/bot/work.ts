import { orAborted } from '../llm/abortable.ts';
import type { Log } from '../log.ts';
import { type AnsweringParts, answerQuestion } from './answer-question.ts';
import type { Command, CommandResult } from './commands/command.ts';
import { commandInMessage } from './commands/parse-command.ts';
import { type DeliveryParts, deliver } from './deliver.ts';
import { type FailureKind, reportFailure, spokenError } from './failure.ts';
import type { Health } from './health.ts';
import type { HeldLease } from './held-lease.ts';
import { Interrupted } from './interrupted.ts';
import { persist } from './persist.ts';
import type { QuestionQueue, QueuedQuestion, Settled } from './question-queue.ts';
import type { Final } from './reply.ts';
import type { ReplyLine } from './reply-line.ts';

export interface WorkParts extends AnsweringParts, DeliveryParts {
  readonly queue: QuestionQueue;
  readonly runCommand: (command: Command, question: QueuedQuestion) => Promise<CommandResult>;
  readonly newId: () => string;
  readonly log: Log;
  readonly health: Pick<Health, 'answered' | 'failed'>;
  readonly answerMs: number;
}

interface InHand {
  readonly line: ReplyLine;
  readonly lease: HeldLease;
  /** Called when it is known what to deliver: only that is left, and it costs next to nothing. */
  readonly onSettled: () => void;
}

/** Shows nothing: it is not known yet whether there is anything to say. */
const QUIET: Pick<ReplyLine, 'status' | 'sentence'> = { status() {}, sentence() {} };

/** A message taken so often without an end seems to end the process that works on it. */
const MOST_ATTEMPTS = 6;

/**
 * Works a message out and delivers what came of it, in this order: the outcome is kept, the delivery
 * is marked as begun, the end is sent, the message is done. Whoever takes the message after a crash
 * goes on from the last of these that was reached.
 */
export async function work(
  question: QueuedQuestion,
  parts: WorkParts,
  hand: InHand,
): Promise<void> {
  const final = await settledFinal(question, parts, hand);
  if (final === undefined) return;
  if (final.kind === 'nothing') return parts.queue.finish(question.lease.id, isoNow(parts));
  hand.onSettled();
  await deliver(final, { question, parts, ...hand });
}

type Deliverable = Final | Extract<Settled, { kind: 'failed' | 'nothing' }>;

/** What is to be delivered, from an attempt before or made now; undefined when the lease is lost. */
async function settledFinal(
  question: QueuedQuestion,
  parts: WorkParts,
  hand: InHand,
): Promise<Deliverable | undefined> {
  const { lease, outcome } = question;
  if (outcome === undefined) {
    const settled = worthSaying(await workOut(question, parts, hand), question);
    // An answer costs more than a second try at keeping it.
    const isKept = await persist(() => parts.queue.settle(lease, settled));
    return isKept ? settled : undefined;
  }
  if (outcome.kind !== 'answer') return outcome;
  const turn = await parts.conversations.turnByAnswer(outcome.answerId);
  // Forgotten by its asker before it could be delivered.
  return turn === undefined ? { kind: 'nothing' } : { kind: 'answer', turn };
}

/** To those who did not ask, only an answer that cites something. */
function worthSaying(settled: Settled, { isUnasked, message }: QueuedQuestion): Settled {
  if (!isUnasked || commandInMessage(message) !== undefined) return settled;
  const isCited = settled.kind === 'answer' && settled.turn.answer.citations.length > 0;
  return isCited && settled.turn.answer.kind === 'answered' ? settled : { kind: 'nothing' };
}

async function workOut(
  question: QueuedQuestion,
  parts: WorkParts,
  { line, lease }: InHand,
): Promise<Settled> {
  if (question.isStopped) return stopped();
  if (question.attempts > MOST_ATTEMPTS) return failed({ kind: 'gave-up' }, question, parts);
  const tooSlow = new AbortController();
  const timer = setTimeout(() => tooSlow.abort(new Interrupted('too-slow')), parts.answerMs);
  const signal = AbortSignal.any([lease.signal, tooSlow.signal]);
  try {
    return await orAborted(outcomeOf(question, parts, { line, signal }), signal);
  } catch (error) {
    return explain(signal.aborted ? signal.reason : error, question, parts);
  } finally {
    clearTimeout(timer);
  }
}

async function outcomeOf(
  question: QueuedQuestion,
  parts: WorkParts,
  showing: { readonly line: ReplyLine; readonly signal: AbortSignal },
): Promise<Settled> {
  const command = commandInMessage(question.message);
  if (command === undefined) {
    const line = question.isUnasked ? QUIET : showing.line;
    const turn = await answerQuestion(question, parts, { ...showing, line });
    return { kind: 'answer', turn };
  }
  return { kind: 'result', result: await parts.runCommand(command, question) };
}

/** What an error means for the asker. Throws on what is no end: the message is worked on later. */
function explain(error: unknown, question: QueuedQuestion, parts: WorkParts): Settled {
  if (error instanceof Interrupted) {
    if (error.why === 'stopped') return stopped();
    if (error.why === 'too-slow') return failed({ kind: error.why }, question, parts);
    throw error;
  }
  const spoken = spokenError(error);
  return spoken === undefined
    ? failed({ error }, question, parts)
    : { kind: 'refused', text: spoken };
}

function failed(
  what: { readonly error: unknown } | { readonly kind: FailureKind },
  { lease }: QueuedQuestion,
  parts: WorkParts,
): Settled {
  return { kind: 'failed', failure: reportFailure({ ...what, question: lease.id }, parts) };
}

function stopped(): Settled {
  return { kind: 'stopped', text: 'Stopped, as you asked.' };
}

function isoNow({ now }: WorkParts): string {
  return now().toISOString();
}
