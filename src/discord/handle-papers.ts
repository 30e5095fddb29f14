import type { ChatInputCommandInteraction } from 'discord.js';
import type { Command, CommandResult, SettingsScope } from '../bot/commands/command.ts';
import { comparison } from '../bot/commands/parse-command.ts';
import { conversationIdOf } from '../bot/conversation-id.ts';
import { ask } from './handle-ask.ts';
import { placeOf, renderHere, replyPrivately, requestOf } from './interactions.ts';
import type { Outgoing } from './outgoing.ts';
import type { RoomParts } from './room.ts';
import { renderSettings } from './settings-card.ts';

/** `/papers ...`: the results are for the asker alone; a comparison is a question. */
export async function handlePapers(
  interaction: ChatInputCommandInteraction,
  parts: RoomParts,
): Promise<void> {
  const command = commandIn(interaction);
  if (command.kind !== 'question') {
    return replyPrivately(interaction, () => run(interaction, command, parts), parts);
  }
  const { one, other } = command;
  const named = async () => {
    const [first, second] = await Promise.all([
      titleOf(one, interaction, parts),
      titleOf(other, interaction, parts),
    ]);
    return comparison(first, second).text;
  };
  return ask(interaction, { text: named }, parts);
}

type Called = Command | { readonly kind: 'question'; readonly one: string; readonly other: string };

function commandIn({ options }: ChatInputCommandInteraction): Called {
  const name = options.getSubcommand();
  switch (name) {
    case 'search':
      return { kind: 'search', words: options.getString('words', true) };
    case 'similar':
    case 'show':
      return { kind: name, paper: options.getString('paper', true) };
    case 'compare':
      return {
        kind: 'question',
        one: options.getString('one', true),
        other: options.getString('other', true),
      };
    case 'settings': {
      const scope: SettingsScope =
        options.getString('where') === 'workspace' ? 'workspace' : 'channel';
      return { kind: 'settings', scope };
    }
    case 'status':
    case 'recent':
    case 'export':
    case 'forget':
      return { kind: name };
    default:
      return { kind: 'help' };
  }
}

async function run(
  interaction: ChatInputCommandInteraction,
  command: Command,
  parts: RoomParts,
): Promise<readonly Outgoing[]> {
  const { isDirect, threadId, channelId, workspaceId } = placeOf(interaction);
  const root = threadId && (await parts.roots.ofThread({ parentId: channelId, threadId }));
  const conversation = root ?? (isDirect ? '' : undefined);
  const request = requestOf(interaction);
  const { id } = interaction.user;
  const author = { id, isBot: false, isSelf: false, displayName: '' };
  const placed = {
    platform: 'discord',
    workspaceId,
    channelId,
    kind: 'command',
    messageId: '',
    author,
  } as const;
  const result = await parts.bot.run({
    ...request,
    command,
    ...(conversation !== undefined && {
      conversationId: conversationIdOf({ ...placed, threadId: conversation }, false),
    }),
  });
  if (result.kind === 'settings') return [renderSettings(result)];
  return renderHere(interaction, command.kind === 'help' ? withWays(result) : result);
}

/** The words that the bot knows are subcommands here. */
const WAYS =
  'Here: /ask and /papers; “Ask the papers about this” among the apps in the menu of a message; a mention, a reply to me, or a direct message.';

function withWays(result: CommandResult): CommandResult {
  return result.kind === 'text' ? { ...result, text: `${result.text}\n${WAYS}` } : result;
}

/** What a list offered is an id: the question is asked with the title. */
async function titleOf(
  named: string,
  interaction: ChatInputCommandInteraction,
  { bot }: RoomParts,
): Promise<string> {
  if (!/^(?:arxiv|title):\S+$/.test(named)) return named;
  const command = { kind: 'show', paper: named } as const;
  const result: CommandResult = await bot.run({ ...requestOf(interaction), command });
  return result.kind === 'paper' ? result.paper.title : named;
}
