import { type Context, Hono } from 'hono';
import { routePath } from 'hono/route';
import { z } from 'zod';
import type { ConversationId } from '../answer/conversation.ts';
import { FootnoteError } from '../errors.ts';
import { streamAnswer, wantsEvents } from './answer-events.ts';
import { createAssets } from './assets.ts';
import { boundAsking } from './bounded-asking.ts';
import { addDigestPreview } from './digest-preview.ts';
import { explain, type Failure } from './failure.ts';
import { sameSiteOnly, smallBodyOnly } from './guards.ts';
import { securityHeaders } from './headers.ts';
import { isAnswerId, parseConversationId } from './ids.ts';
import { renderAnswerPage, renderConversation } from './pages/conversation.ts';
import { renderNotice } from './pages/notice.ts';
import { EXAMPLES, renderPlayground } from './pages/playground.ts';
import { renderWaiting } from './pages/waiting.ts';
import type { WebParts, WebQuestion } from './parts.ts';

const NOTHING_HERE = { status: 404, message: 'There is nothing under this address.' } as const;

/** The playground, the pages of conversations and answers, the JSON door and the health checks. */
export function createWebApp(parts: WebParts): Hono {
  const app = new Hono();
  app.use(securityHeaders());
  app.use(sameSiteOnly((c, status, message) => refuse(c, { status, message })));
  app.use(smallBodyOnly((c, status, message) => refuse(c, { status, message })));
  addPages(app, parts);
  addAsking(app, parts);
  addDigestPreview(app, parts, (c, error) => explainHere(c, error, parts));
  addHealth(app, parts);
  app.route('/static', createAssets());
  app.notFound((c) => refuse(c, NOTHING_HERE));
  app.onError((error, c) => gone(c) ?? refuse(c, explainHere(c, error, parts)));
  return app;
}

function addPages(app: Hono, parts: WebParts): void {
  app.get('/', async (c) =>
    c.html(renderPlayground({ status: await parts.status(), examples: EXAMPLES })),
  );
  app.get('/c/:id', async (c) => {
    const id = parseConversationId(c.req.param('id'));
    const turns = id === undefined ? [] : await parts.turns(id);
    if (id === undefined || turns.length === 0) return c.notFound();
    return c.html(renderConversation({ id, turns, status: await parts.status() }));
  });
  app.get('/a/:answerId', async (c) => {
    const answerId = c.req.param('answerId');
    const turn = isAnswerId(answerId) ? await parts.turnByAnswer(answerId) : undefined;
    if (turn === undefined) return c.notFound();
    return c.html(renderAnswerPage(turn, await parts.status()));
  });
}

const asked = z.object({ question: z.string(), conversation: z.string().optional() });
type Asked = z.infer<typeof asked>;

function addAsking(app: Hono, parts: WebParts): void {
  const ask = boundAsking((request) => parts.ask(request));
  app.get('/ask', (c) => c.redirect('/', 303));
  app.post('/ask', async (c) => {
    const input = await readForm(c);
    try {
      const { conversationId, answer } = await ask(await toQuestion(c, input, parts));
      const anchor = encodeURIComponent(answer.trace.answerId);
      return c.redirect(`/c/${encodeURIComponent(conversationId)}#${anchor}`, 303);
    } catch (error) {
      return gone(c) ?? askAgain(c, input, explainHere(c, error, parts), parts);
    }
  });
  app.post('/api/ask', async (c) => {
    const question = await toQuestion(c, await readJson(c), parts);
    const explain = (error: unknown) => explainHere(c, error, parts);
    if (wantsEvents(c)) return streamAnswer(c, { question, ask, explain });
    const { conversationId, answer } = await ask(question);
    return c.json({ conversation: conversationId, ...answer });
  });
}

function addHealth(app: Hono, parts: WebParts): void {
  app.get('/healthz', (c) => c.text('ok'));
  app.get('/readyz', async (c) => {
    try {
      const { papers, embedded, phase } = await parts.status();
      const ready = papers > 0 && (phase === 'ready' || phase === 'words-only');
      return c.json({ ready, phase, papers, embedded }, ready ? 200 : 503);
    } catch (error) {
      return c.json({ ready: false, reference: explainHere(c, error, parts).reference }, 503);
    }
  });
}

async function toQuestion(c: Context, input: Asked, parts: WebParts): Promise<WebQuestion> {
  const { signal } = c.req.raw;
  const { question, conversation } = input;
  if (!conversation) return { question, signal };
  return { question, conversationId: await knownConversation(conversation, parts), signal };
}

/** Ids are made here and cannot be guessed: one that a client made up would be anybody's. */
async function knownConversation(text: string, parts: WebParts): Promise<ConversationId> {
  const id = parseConversationId(text);
  if (id !== undefined && (await parts.turns(id)).length > 0) return id;
  throw new FootnoteError(
    'missing',
    'This conversation is not known here. Ask without one to start a new one.',
  );
}

/** The page the question was asked on once more, with what was typed and what was wrong. */
async function askAgain(c: Context, input: Asked, failure: Failure, parts: WebParts) {
  const { retryAfter } = failure;
  if (retryAfter !== undefined) {
    tellWhen(c, failure);
    return c.html(renderWaiting({ ...input, ...failure, retryAfter }), failure.status);
  }
  const id = parseConversationId(input.conversation ?? '');
  const turns = id === undefined ? [] : await parts.turns(id);
  const status = await parts.status();
  const refused = { typed: input.question, problem: failure.message };
  const page =
    id !== undefined && turns.length > 0
      ? renderConversation({ id, turns, status, refused })
      : renderPlayground({ status, examples: EXAMPLES, refused });
  return c.html(page, failure.status);
}

async function readForm(c: Context): Promise<Asked> {
  const form = await c.req.parseBody().catch((cause: unknown) => {
    throw new FootnoteError('input', 'The form could not be read. Send it again.', { cause });
  });
  const { question, conversation } = form;
  return {
    question: typeof question === 'string' ? question : '',
    ...(typeof conversation === 'string' && { conversation }),
  };
}

async function readJson(c: Context): Promise<Asked> {
  const parsed = asked.safeParse(await c.req.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  throw new FootnoteError('input', 'Send JSON such as {"question": "how many experts …?"}.');
}

function explainHere(c: Context, error: unknown, { log }: WebParts): Failure {
  return explain(error, log, `${c.req.method} ${routePath(c)}`);
}

/** Nobody reads this reply; 499 is what servers log when the reader left before it was ready. */
function gone(c: Context): Response | undefined {
  return c.req.raw.signal.aborted ? new Response(null, { status: 499 }) : undefined;
}

function refuse(c: Context, failure: Failure): Response | Promise<Response> {
  const { status, message, reference } = failure;
  tellWhen(c, failure);
  if (c.req.path.startsWith('/api/')) return c.json({ error: { message, reference } }, status);
  return c.html(renderNotice({ heading: headingFor(status), message }), status);
}

/** For programs, which do not read sentences. */
function tellWhen(c: Context, { retryAfter }: Failure): void {
  if (retryAfter !== undefined) c.header('Retry-After', String(retryAfter));
}

function headingFor(status: Failure['status']): string {
  switch (status) {
    case 404:
      return 'Not found';
    case 500:
      return 'Something went wrong';
    case 503:
      return 'Busy just now';
    default:
      return 'That did not work';
  }
}
