import {
  type BaseInteraction,
  InteractionContextType,
  InteractionResponseType,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import type { CommandRequest, CommandResult } from '../bot/commands/command.ts';
import { reportFailure } from '../bot/failure.ts';
import { isCode } from './discord-error.ts';
import type { ReplyTo } from './notes.ts';
import type { Outgoing } from './outgoing.ts';
import { renderBibtexText, renderRefusal, renderResult } from './render-result.ts';
import type { RoomParts } from './room.ts';

/** Where an interaction came from, as the bot counts places. */
interface InteractionPlace {
  readonly workspaceId: string;
  /** Of the channel, or of the one that its thread is in. */
  readonly channelId: string;
  readonly threadId?: string;
  readonly isDirect: boolean;
}

/** Reads the place off an interaction. */
export function placeOf(interaction: BaseInteraction): InteractionPlace {
  const { guildId, channel } = interaction;
  const channelId = interaction.channelId ?? '';
  const isDirect =
    guildId === null && interaction.context !== InteractionContextType.PrivateChannel;
  const workspaceId = guildId ?? channelId;
  if (channel?.isThread() && channel.parentId !== null) {
    return { workspaceId, channelId: channel.parentId, threadId: channelId, isDirect };
  }
  return { workspaceId, channelId, isDirect };
}

/** What replying later needs. */
export function replyToOf(interaction: BaseInteraction): ReplyTo {
  const isMember = interaction.inCachedGuild() || placeOf(interaction).isDirect;
  return { channel: interaction.channelId ?? '', token: interaction.token, isMember };
}

/** Who does something where; `isAdmin` is what Discord says now. Only this person sees the result. */
export function requestOf(interaction: BaseInteraction): Omit<CommandRequest, 'command'> {
  const { workspaceId, channelId } = placeOf(interaction);
  return {
    platform: 'discord',
    workspaceId,
    channelId,
    author: { id: interaction.user.id },
    isAdmin: isManager(interaction),
    isPrivate: true,
  };
}

/**
 * Whether Discord says, with this interaction, that the person manages the server; in direct
 * messages everybody manages what is theirs alone.
 */
function isManager(interaction: BaseInteraction): boolean {
  const { memberPermissions } = interaction;
  if (placeOf(interaction).isDirect) return true;
  return memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
}

/** Whether an interaction is ours to go on with after its first answer. */
type Acknowledged = 'ours' | 'taken' | 'late';

/** Shows "thinking". What was taken before, by a copy or another process, is theirs. */
export async function acknowledge(
  interaction: BaseInteraction,
  { isPrivate }: { readonly isPrivate: boolean },
  { api, log }: Pick<RoomParts, 'api' | 'log'>,
): Promise<Acknowledged> {
  const type = InteractionResponseType.DeferredChannelMessageWithSource;
  const data = isPrivate ? { data: { flags: MessageFlags.Ephemeral } } : {};
  return taken(() => api.respond(interaction, { type, ...data }), log);
}

/** A first answer, and whether it arrived in time. */
export async function taken(
  respond: () => Promise<'done' | 'taken'>,
  log: RoomParts['log'],
): Promise<Acknowledged> {
  try {
    return (await respond()) === 'done' ? 'ours' : 'taken';
  } catch (error) {
    log.warn('discord.not-acknowledged', { err: error });
    if (isCode(error, 'unknownInteraction')) return 'late';
    // It may have arrived; if not, the answer comes as a message.
    return 'ours';
  }
}

/** What came of a command; where files may not be sent, a file as text. */
export function renderHere(
  interaction: BaseInteraction,
  result: CommandResult,
): readonly Outgoing[] {
  const mayAttach = interaction.appPermissions.has(PermissionFlagsBits.AttachFiles);
  return result.kind === 'file' && !mayAttach ? renderBibtexText(result) : renderResult(result);
}

/** Shows "thinking" to one person, then what the work gives, or an apology. */
export async function replyPrivately(
  interaction: BaseInteraction,
  work: () => Promise<readonly Outgoing[]>,
  parts: RoomParts,
): Promise<void> {
  if ((await acknowledge(interaction, { isPrivate: true }, parts)) !== 'ours') return;
  await orApologise(
    interaction,
    async () => {
      const [first, ...further] = await work();
      if (first !== undefined) await parts.api.editOriginal(interaction.token, first);
      for (const message of further) {
        await parts.api.followUp(interaction.token, message, { isEphemeral: true });
      }
    },
    parts,
  );
}

/** Does the work; when it fails, says so with a reference in the reply. Never throws. */
export async function orApologise(
  interaction: BaseInteraction,
  work: () => Promise<void>,
  parts: RoomParts,
): Promise<void> {
  await orExplain(work, (message) => parts.api.editOriginal(interaction.token, message), parts);
}

/** The same, said wherever `tell` says it: not every reply may be replaced by an apology. */
export async function orExplain(
  work: () => Promise<void>,
  tell: (message: Outgoing) => Promise<void>,
  parts: RoomParts,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { text } = reportFailure({ error }, parts);
    await tell(renderRefusal(text)).catch((err: unknown) => {
      parts.log.warn('discord.apology-not-sent', { err });
    });
  }
}
