import type { Command, CommandResult } from '../bot/commands/command.ts';
import type { Rendered } from './blocks.ts';
import { type Person, requestOf } from './person.ts';
import { renderResult } from './render-result.ts';
import type { RoomParts } from './room.ts';
import { sendMessage } from './send.ts';

/** A button that somebody pressed. */
export interface Button {
  readonly person: Person;
  readonly value: string;
  readonly triggerId: string;
  /** Of the message that it stands in; none on the Home tab. */
  readonly message?: { readonly ts: string; readonly threadTs: string };
  /** One person alone sees that message. */
  readonly isEphemeral: boolean;
  readonly responseUrl?: string;
}

/** Does a command for whoever pressed; the bot decides whether that person may. */
export function runFor(
  { person }: Button,
  command: Command,
  { bot }: RoomParts,
  mayChange = false,
): Promise<CommandResult> {
  return bot.run({ ...requestOf(person, mayChange), command });
}

/** Tells the person who pressed the button, below what the button stands in. */
export async function tell(result: CommandResult, button: Button, parts: RoomParts): Promise<void> {
  await respond(button, { replace_original: false, ...renderResult(result) }, parts);
}

/** Answers the press, to the person alone. */
export async function respond(
  { responseUrl, person }: Button,
  message: Rendered & { readonly replace_original: boolean },
  parts: RoomParts,
): Promise<void> {
  if (responseUrl !== undefined) {
    return parts.api.respond(responseUrl, { response_type: 'ephemeral', ...message });
  }
  // The Home tab has no place to respond to.
  const { text, blocks } = message;
  const args = { channel: person.userId };
  await sendMessage({ method: 'chat.postMessage', args, message: { text, blocks } }, parts);
}
