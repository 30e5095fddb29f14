import { z } from 'zod';
import { commandInMessage } from '../bot/commands/parse-command.ts';
import type { IncomingMessage } from '../bot/message.ts';
import type { DigestCommand } from '../digest/digest-commands.ts';
import type { DigestReaction } from '../digest/digest-replies.ts';
import type { PaperId } from '../papers/paper.ts';
import { DIGEST_ACTIONS } from './actions.ts';
import { type Button, runFor, tell } from './button.ts';
import { openWaiting, renderPaperEvidence } from './evidence-view.ts';
import { findDigest, openDigestForm, tellGone } from './handle-digest-forms.ts';
import { mayManage, type Person } from './person.ts';
import type { RoomParts } from './room.ts';
import { renderNotice } from './views.ts';

/** Does what a button of a digest says; false for any other button. */
export async function handleDigestAction(
  action: string,
  button: Button,
  parts: RoomParts,
): Promise<boolean> {
  switch (action) {
    case DIGEST_ACTIONS.more:
    case DIGEST_ACTIONS.less: {
      const kind = action === DIGEST_ACTIONS.more ? 'more' : 'less';
      await react({ kind, paperId: paperIdOf(button) }, button, parts);
      return true;
    }
    case DIGEST_ACTIONS.mute:
      await react({ kind: 'mute', topic: button.value }, button, parts);
      return true;
    case DIGEST_ACTIONS.evidence:
      await showEvidence(button, parts);
      return true;
    case DIGEST_ACTIONS.create:
      await open(button, parts);
      return true;
    case DIGEST_ACTIONS.change:
    case DIGEST_ACTIONS.preview:
    case DIGEST_ACTIONS.pause:
    case DIGEST_ACTIONS.resume:
    case DIGEST_ACTIONS.remove:
      await manage(action, button, parts);
      return true;
    default:
      return false;
  }
}

async function react(reaction: DigestReaction, button: Button, parts: RoomParts): Promise<void> {
  const { digests } = parts.bot;
  if (digests === undefined) return;
  const { person } = button;
  const text = await digests.react(placeOf(person), reaction, { id: person.userId });
  await tell({ kind: 'text', text }, button, parts);
}

/** The abstract, with the quotes of the summary in bold where they stand. */
async function showEvidence(button: Button, parts: RoomParts): Promise<void> {
  const viewId = await openWaiting(button.triggerId, parts);
  const { person, message } = button;
  const result = await runFor(button, { kind: 'show', paper: button.value }, parts);
  const item =
    message &&
    (await parts.bot.digests?.itemOf(placeOf(person), message.ts).catch(() => undefined));
  const quotes =
    item?.paperId === button.value
      ? item.summary.sentences.flatMap(({ evidence }) => evidence)
      : [];
  const view =
    result.kind === 'paper'
      ? renderPaperEvidence(result.paper, quotes)
      : renderNotice('Evidence', 'This paper is not in my library any more.');
  await parts.api.call('views.update', { view_id: viewId, view });
}

const NOT_ALLOWED = 'Only those who manage this workspace can change the digests of a channel.';

async function open(button: Button, parts: RoomParts): Promise<void> {
  const { person, triggerId } = button;
  if (await mayManage(person, parts.api)) return openDigestForm({ person, triggerId }, parts);
  await tell({ kind: 'refused', text: NOT_ALLOWED }, button, parts);
}

type Managing = 'change' | 'preview' | 'pause' | 'resume' | 'remove';

/** The button names the channel and the digest: on the Home tab there is no channel. */
async function manage(
  action: (typeof DIGEST_ACTIONS)[Managing],
  pressed: Button,
  parts: RoomParts,
): Promise<void> {
  const [, channelId = '', id = ''] = /^(\S+) (.+)$/.exec(pressed.value) ?? [];
  const button = { ...pressed, person: { ...pressed.person, channelId } };
  const mayChange = await mayManage(button.person, parts.api);
  // Whoever may not change a channel's digests sees those of the channel they are in.
  if (!mayChange && (pressed.person.channelId !== channelId || action !== DIGEST_ACTIONS.preview)) {
    return tell({ kind: 'refused', text: NOT_ALLOWED }, button, parts);
  }
  const found = await findDigest(id, button.person, parts);
  if (found === undefined) return tellGone(button, parts);
  const { number, subscription } = found;
  if (action === DIGEST_ACTIONS.change) {
    const { person, triggerId } = button;
    return openDigestForm({ person, triggerId, subscription }, parts);
  }
  const command: DigestCommand = { kind: KINDS[action], number };
  await tell(await runFor(button, { kind: 'digest', command }, parts, mayChange), button, parts);
}

const KINDS = {
  [DIGEST_ACTIONS.preview]: 'preview',
  [DIGEST_ACTIONS.pause]: 'pause',
  [DIGEST_ACTIONS.resume]: 'resume',
  [DIGEST_ACTIONS.remove]: 'remove',
} as const;

/** A message with a command for digests says whether its author may give it. */
export async function withRights(
  message: IncomingMessage,
  { api }: RoomParts,
): Promise<IncomingMessage> {
  if (commandInMessage(message)?.kind !== 'digest') return message;
  const { workspaceId: teamId, channelId, author } = message;
  return { ...message, isAdmin: await mayManage({ teamId, channelId, userId: author.id }, api) };
}

const Reaction = z.object({
  type: z.enum(['reaction_added', 'reaction_removed']),
  user: z.string(),
  reaction: z.string(),
  item_user: z.string().optional(),
  item: z.object({ type: z.string(), channel: z.string().optional(), ts: z.string().optional() }),
});
const MORE = /^(?:\+1|thumbsup|heart|star|star-struck|tada|fire)(?:::skin-tone-\d)?$/;
const LESS = /^(?:-1|thumbsdown)(?:::skin-tone-\d)?$/;

/** A thumb on a paper of a digest counts as its button does; nobody is told. */
export async function handleReaction(event: unknown, { bot, self }: RoomParts): Promise<void> {
  const { data } = Reaction.safeParse(event);
  const { channel, ts } = data?.item ?? {};
  if (data === undefined || channel === undefined || ts === undefined) return;
  const vote = MORE.test(data.reaction) ? 'more' : LESS.test(data.reaction) ? 'less' : undefined;
  const isOurs = data.item_user === undefined || data.item_user === self.botUserId;
  if (vote === undefined || !isOurs || data.user === self.botUserId) return;
  const place = placeOf({ teamId: self.teamId, channelId: channel });
  const item = await bot.digests?.itemOf(place, ts);
  if (item === undefined) return;
  const kind = data.type === 'reaction_removed' ? 'none' : vote;
  await bot.digests?.react(place, { kind, paperId: item.paperId }, { id: data.user });
}

function placeOf({ teamId, channelId }: Omit<Person, 'userId'>) {
  return { platform: 'slack', workspaceId: teamId, channelId } as const;
}

function paperIdOf({ value }: Button): PaperId {
  return value as PaperId; // ours, or forged: then it names no paper
}
