import { z } from 'zod';
import type { Command, CommandResult } from '../bot/commands/command.ts';
import { parseCommand } from '../bot/commands/parse-command.ts';
import type { IncomingMessage } from '../bot/message.ts';
import { SLASH } from './actions.ts';
import { writeNote } from './address.ts';
import type { Rendered } from './blocks.ts';
import { openDigestForm } from './handle-digest-forms.ts';
import { readText } from './message-text.ts';
import { isAdmin, mayManage, type Person, requestOf } from './person.ts';
import { renderResult } from './render-result.ts';
import type { RoomParts } from './room.ts';
import { sendFile } from './send-file.ts';
import { noteStreams } from './stream-state.ts';
import { renderSettingsForm } from './views.ts';

const SlashCommand = z.object({
  command: z.string(),
  text: z.string().default(''),
  user_id: z.string(),
  channel_id: z.string(),
  trigger_id: z.string(),
  response_url: z.string(),
});
type SlashCommand = z.infer<typeof SlashCommand>;

/** What is said at once in answer to a slash command, and what is done after that. */
export interface AtOnce {
  readonly text: string;
  /** Under way: ends when a question is in the store. What only Slack had been told of would be lost. */
  readonly stored?: Promise<unknown>;
  readonly after: () => Promise<void>;
}

/** `/ask QUESTION` and `/papers WORDS`: the answers are for the asker alone. */
export function handleSlash(payload: unknown, parts: RoomParts): AtOnce {
  const slash = SlashCommand.parse(payload);
  const { text } = readText(slash.text, parts.self.botUserId);
  if (slash.command === SLASH.ask) {
    if (text !== '') return ask(text, slash, parts);
    return now({ kind: 'help' }, slash, parts);
  }
  const command = parseCommand(text) ?? helpInstead(text);
  return command.kind === 'question' ? ask(command.text, slash, parts) : now(command, slash, parts);
}

function helpInstead(text: string): Command {
  return text === '' ? { kind: 'help' } : { kind: 'help', instead: text };
}

function ask(text: string, slash: SlashCommand, parts: RoomParts): AtOnce {
  const { user_id, channel_id, trigger_id, response_url } = slash;
  const message: IncomingMessage = {
    ...commandMessage(text, { ...parts.self, userId: user_id, channelId: channel_id }, trigger_id),
    replyTo: writeNote({ responseUrl: response_url, isMessage: false }),
  };
  const stored = parts.bot.receive(message);
  return { text: 'Searching the abstracts…', stored, after: async () => void (await stored) };
}

/** A question that was put by a slash command or a form. */
export function commandMessage(text: string, person: Person, id: string): IncomingMessage {
  return {
    platform: 'slack',
    workspaceId: person.teamId,
    channelId: person.channelId,
    kind: 'command',
    messageId: id,
    author: { id: person.userId, isBot: false, isSelf: false, displayName: '' },
    text,
    at: new Date().toISOString(),
    isPrivate: true,
    replyTo: writeNote({ isMessage: false }),
  };
}

function now(command: Command, slash: SlashCommand, parts: RoomParts): AtOnce {
  const { user_id: userId, channel_id: channelId, trigger_id, response_url } = slash;
  const person = { teamId: parts.self.teamId, userId, channelId };
  return {
    text: 'One moment…',
    async after() {
      const mayChange = await mayChangeBy(command, person, parts);
      const result = await parts.bot.run({ ...requestOf(person, mayChange), command });
      if (result.kind === 'settings' && result.mayChange) {
        const view = renderSettingsForm(result, JSON.stringify({ channelId, scope: result.scope }));
        await parts.api.call('views.open', { trigger_id, view });
      }
      const isAskedFor = command.kind === 'digest' && command.command.kind === 'help';
      if (isAskedFor && mayChange) await openDigestForm({ person, triggerId: trigger_id }, parts);
      if (result.kind === 'file') await sendFile(result, person, parts);
      await parts.api.respond(
        response_url,
        replacing(renderSlash(noteStreams(result, parts.streams))),
      );
    },
  };
}

async function mayChangeBy(
  { kind }: Command,
  person: Person,
  { api }: RoomParts,
): Promise<boolean> {
  if (kind === 'settings') return isAdmin(person, api);
  return kind === 'digest' && mayManage(person, api);
}

function renderSlash(result: CommandResult): Rendered {
  return renderResult(
    result.kind === 'file'
      ? { kind: 'text', text: 'I sent it to you as a direct message.' }
      : result,
  );
}

function replacing(message: Rendered): object {
  return { response_type: 'ephemeral', replace_original: true, ...message };
}
