import { z } from 'zod';
import type { PostedMessage } from '../digest/delivery.ts';
import type { DigestItem, PapersDigest } from '../digest/digest.ts';
import { type DigestDoor, PostFailure, type Posting } from '../digest/digest-door.ts';
import type { DrawDigest } from '../digest/draw-digest.ts';
import { orAborted } from '../llm/abortable.ts';
import type { Log } from '../log.ts';
import type { Rendered } from './blocks.ts';
import { renderItem } from './digest-item.ts';
import { renderDigest } from './digest-message.ts';
import { escapeMrkdwn } from './escape.ts';
import { findPosting, markOf } from './find-posting.ts';
import { toPostFailure } from './post-failure.ts';
import { line, richText, run } from './rich-text.ts';
import type { Workspace, Workspaces } from './room.ts';
import { sendMessage } from './send.ts';

/** What posting digests works with. */
export interface DigestDoorParts {
  /** Where each post waits for the turn of its channel. */
  readonly workspaces: Pick<Workspaces, 'find'>;
  readonly draw: DrawDigest;
  readonly log: Log;
}

/**
 * How digests reach channels of Slack: a headline in the channel, the details of each paper as one
 * message in its thread. Every message has a mark in its metadata, by which an attempt that was cut
 * off is found again.
 */
export function createDigestDoor(parts: DigestDoorParts): DigestDoor {
  return {
    find: (posting, { signal }) =>
      explained(async () =>
        findPosting(posting, { ...(await enter(posting.place, parts)), signal }),
      ),
    post: (posting, { signal, standing }) =>
      explained(async () => {
        const workspace = await enter(posting.place, parts);
        const { channelId: channel } = posting.place;
        const post = createPoster(posting, { channel, signal, ...workspace, log: parts.log });
        const before = standing?.messages ?? [];
        return postMissing(posting, before, { post, workspace, ...parts });
      }),
    tell: (ownerId, text, { signal, place }) =>
      explained(async () => {
        const { api } = await enter(place, parts);
        const message = { text: escapeMrkdwn(text), blocks: [richText(line(run(text)))] };
        const args = { channel: ownerId };
        const { log } = parts;
        await sendMessage({ method: 'chat.postMessage', args, message, signal }, { api, log });
      }),
  };
}

async function enter(
  { workspaceId: teamId }: Posting['place'],
  { workspaces }: DigestDoorParts,
): Promise<Workspace> {
  const workspace = await workspaces.find({ teamId });
  if (workspace !== undefined) return workspace;
  throw new PostFailure('gone', 'The app is not installed in that workspace any more.');
}

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toPostFailure(error);
  }
}

const Stands = z.object({ ts: z.string() });

/** Posts one message of a digest; returns its id. */
type Poster = (
  message: Rendered,
  part: { readonly n: number; readonly threadTs?: string },
) => Promise<string>;

function createPoster(
  { key }: Posting,
  {
    channel,
    signal,
    ...parts
  }: Workspace & { readonly channel: string; readonly signal: AbortSignal; readonly log: Log },
): Poster {
  return async (message, { n, threadTs }) => {
    const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
    const args = { channel, metadata: markOf(key, n), ...thread };
    const posted = await sendMessage({ method: 'chat.postMessage', args, message, signal }, parts);
    return Stands.parse(posted).ts;
  };
}

interface Posted extends DigestDoorParts {
  readonly post: Poster;
  readonly workspace: Workspace;
}

async function postMissing(
  { digest, place }: Posting,
  before: readonly PostedMessage[],
  { post, workspace, ...parts }: Posted,
): Promise<readonly PostedMessage[]> {
  const standing = before.find(({ paperId }) => paperId === undefined)?.messageId;
  const threadTs = standing ?? (await post(renderDigest(digest), { n: 0 }));
  if (digest.kind !== 'papers') return [{ messageId: threadTs }];
  if (standing === undefined) {
    await postPicture(digest, { channel: place.channelId, threadTs }, { ...parts, workspace });
  }
  const messages: PostedMessage[] = [{ messageId: threadTs }];
  for (const item of digest.items) messages.push(await itemMessage(item));
  return messages;

  async function itemMessage(item: DigestItem): Promise<PostedMessage> {
    const { paperId, n } = item;
    const found = before.find((message) => message.paperId === paperId);
    return found ?? { messageId: await post(renderItem(item), { n, threadTs }), paperId };
  }
}

const PICTURE_MS = 10_000;

/** A picture is a help: without one, or where Slack takes long over it, the rest is posted. */
async function postPicture(
  digest: PapersDigest,
  { channel, threadTs }: { readonly channel: string; readonly threadTs: string },
  { draw, workspace: { api }, log }: Omit<Posted, 'post'>,
): Promise<void> {
  try {
    const picture = draw(digest);
    if (picture === undefined) return;
    const { name, png: content, alt } = picture;
    const late = AbortSignal.timeout(PICTURE_MS);
    const upload = api.upload({ channel, threadTs, name, content, comment: '', alt });
    await orAborted(upload, late);
  } catch (err) {
    log.warn('slack.picture-not-posted', { err });
  }
}
