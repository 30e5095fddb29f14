import type { Context } from 'hono';
import type { AnswerEvent } from '../answer/answerer.ts';
import type { Turn } from '../answer/conversation.ts';
import { EventBody } from './event-body.ts';
import type { Failure } from './failure.ts';
import type { WebQuestion } from './parts.ts';

/** How often a reader is told that the connection lives, in milliseconds. */
const HEARTBEAT_MS = 15_000;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  // Proxies such as nginx would else keep the events back until the answer is whole.
  'X-Accel-Buffering': 'no',
};

export interface StreamAnswerOptions {
  readonly question: WebQuestion;
  readonly ask: (question: WebQuestion) => Promise<Turn>;
  readonly explain: (error: unknown) => Failure;
  readonly heartbeatMs?: number;
}

/** Whether the client wants the answer as it is made. */
export function wantsEvents(c: Context): boolean {
  return (c.req.header('accept') ?? '').toLowerCase().includes('text/event-stream');
}

/**
 * An answer as server-sent events: `status`, `sentence`, and last `answer` or `error`. What fails
 * before anything was sent throws, to be told by its status as without events. A reader who leaves
 * aborts the question.
 */
export async function streamAnswer(c: Context, options: StreamAnswerOptions): Promise<Response> {
  const { question, ask, heartbeatMs = HEARTBEAT_MS } = options;
  const left = new AbortController();
  const body = new EventBody(() => left.abort());
  const signal = AbortSignal.any([left.signal, ...(question.signal ? [question.signal] : [])]);
  const beat = setInterval(() => body.beat(), heartbeatMs);
  const asked = ask({ ...question, signal, onEvent: (event) => tell(body, event) });
  const done = asked.finally(() => clearInterval(beat));
  await Promise.race([done, body.begun]);
  void conclude(body, done, (error) => (signal.aborted ? undefined : options.explain(error)));
  return c.body(body.stream, 200, HEADERS);
}

function tell(body: EventBody, event: AnswerEvent): void {
  switch (event.kind) {
    case 'status': {
      const { kind, ...status } = event;
      body.send(kind, status);
      break;
    }
    case 'sentence': {
      const { kind, sentence, citations } = event;
      const sources = citations.filter(({ n }) => sentence.citations.includes(n));
      body.send(kind, { ...sentence, sources });
    }
  }
}

/** `explain` gives nothing for a reader who has left. */
async function conclude(
  body: EventBody,
  asked: Promise<Turn>,
  explain: (error: unknown) => Failure | undefined,
): Promise<void> {
  try {
    const { conversationId, answer } = await asked;
    body.send('answer', { conversation: conversationId, ...answer });
  } catch (error) {
    const failure = explain(error);
    if (failure !== undefined) {
      const { message, reference, retryAfter } = failure;
      body.send('error', { message, reference, retryAfter });
    }
  }
  body.end();
}
