import { z } from 'zod';
import type { PostedMessage } from '../digest/delivery.ts';
import type { Posting, Standing } from '../digest/digest-door.ts';
import type { Workspace } from './room.ts';
import { callPatiently } from './send.ts';
import { SlackApiError } from './slack-api.ts';

const MARK = 'footnote_digest';

/** The mark of a message of a digest: 0 is the headline, else the number of its paper. */
export function markOf(key: string, n: number) {
  return { event_type: MARK, event_payload: { key, n } };
}

interface Looking extends Workspace {
  readonly signal: AbortSignal;
}

/** A page each; more than this was not written in a channel since its digest was due. */
const MOST_PAGES = 50;
const PAGE = 200;
/** The local day may have begun so much earlier than that of Greenwich, and clocks differ. */
const MARGIN_S = 86_400;

/**
 * What stands of a digest in its channel, by the marks of our own messages; undefined when there is
 * nothing. Where we may not read, nothing is found: a digest that stands twice is better than none.
 */
export async function findPosting(
  posting: Posting,
  looking: Looking,
): Promise<Standing | undefined> {
  const { key, place, digest } = posting;
  const channel = place.channelId;
  const oldest = String(Date.parse(`${digest.period}T00:00:00Z`) / 1_000 - MARGIN_S);
  const inChannel = { method: 'conversations.history', args: { channel, oldest } };
  const isHeadline = (message: Marked) => message.key === key && message.n === 0;
  const [headline] = await findMarked(inChannel, { isWanted: isHeadline, most: 1, looking });
  if (headline === undefined) return undefined;
  const first: PostedMessage = { messageId: headline.ts };
  const items = digest.kind === 'papers' ? digest.items : [];
  if (items.length === 0) return { messages: [first], isWhole: true };
  const inThread = { method: 'conversations.replies', args: { channel, ts: headline.ts } };
  const isReply = (message: Marked) => message.key === key && message.n > 0;
  const wanted = { isWanted: isReply, most: items.length, looking };
  const replies = await findMarked(inThread, wanted);
  const found = items.flatMap(({ n, paperId }): readonly PostedMessage[] => {
    const reply = replies.find((message) => message.n === n);
    return reply === undefined ? [] : [{ messageId: reply.ts, paperId }];
  });
  return { messages: [first, ...found], isWhole: found.length === items.length };
}

interface Marked {
  readonly ts: string;
  readonly key: string;
  readonly n: number;
}

interface Listing {
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
}

interface Wanted {
  readonly isWanted: (message: Marked) => boolean;
  readonly most: number;
  readonly looking: Looking;
}

async function findMarked(
  { method, args }: Listing,
  { isWanted, most, looking }: Wanted,
): Promise<readonly Marked[]> {
  const found: Marked[] = [];
  let cursor = '';
  for (let page = 0; page < MOST_PAGES; page++) {
    const more = cursor === '' ? {} : { cursor };
    const asked = { ...args, limit: PAGE, include_all_metadata: true, ...more };
    const listed = await listPage(method, asked, looking);
    found.push(...listed.messages.flatMap((each) => markedBy(each, looking)).filter(isWanted));
    cursor = listed.response_metadata?.next_cursor ?? '';
    if (cursor === '' || found.length >= most) break;
  }
  return found;
}

const Message = z.object({
  ts: z.string(),
  user: z.string().optional().catch(undefined),
  bot_id: z.string().nullish().catch(undefined),
  metadata: z
    .object({
      event_type: z.literal(MARK),
      event_payload: z.object({ key: z.string(), n: z.number() }),
    })
    .optional()
    .catch(undefined),
});
const Page = z.object({
  messages: z.array(Message).default([]),
  response_metadata: z.object({ next_cursor: z.string().optional() }).nullish(),
});

async function listPage(
  method: string,
  args: Listing['args'],
  looking: Looking,
): Promise<z.infer<typeof Page>> {
  try {
    return Page.parse(await callPatiently(method, args, looking));
  } catch (error) {
    const mayNot = error instanceof SlackApiError && error.reason === 'missing_scope';
    if (mayNot) return { messages: [] };
    throw error;
  }
}

/** Everybody reads our marks, and other apps could write them. */
function markedBy(
  { ts, user, bot_id, metadata }: z.infer<typeof Message>,
  { self: { botUserId, botId } }: Looking,
): readonly Marked[] {
  const isOurs = user === botUserId || (bot_id != null && bot_id === botId);
  return isOurs && metadata !== undefined ? [{ ts, ...metadata.event_payload }] : [];
}
