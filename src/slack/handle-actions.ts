import { z } from 'zod';
import { cleanLine } from '../answer/clean-text.ts';
import type { Command, CommandResult, SettingsScope } from '../bot/commands/command.ts';
import { ACTIONS } from './actions.ts';
import type { Rendered } from './blocks.ts';
import { renderEvidence } from './evidence-view.ts';
import { isAdmin, type Person, requestOf } from './person.ts';
import { renderAnswer, toMessage } from './render-answer.ts';
import { renderResult } from './render-result.ts';
import { line, richText, run } from './rich-text.ts';
import type { RoomParts } from './room.ts';
import { sendMessage } from './send.ts';
import { sendFile } from './send-file.ts';
import { renderNotice, renderSettingsForm, renderWaiting } from './views.ts';

const Pressed = z.object({
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }).optional(),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
  trigger_id: z.string(),
  response_url: z.string().optional(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().optional() })).min(1),
});
type Pressed = z.infer<typeof Pressed>;

const OpenedView = z.object({ view: z.object({ id: z.string() }) });

/** Does what a button says. Whether the person may is asked of the bot, never read from the button. */
export async function handleAction(payload: unknown, parts: RoomParts): Promise<void> {
  const pressed = Pressed.parse(payload);
  const [{ action_id, value = '' } = { action_id: '' }] = pressed.actions;
  const person: Person = {
    teamId: parts.self.teamId,
    userId: pressed.user.id,
    channelId: pressed.channel?.id ?? '',
  };
  const button = { pressed, person, value };
  switch (action_id) {
    case ACTIONS.evidence:
      return showEvidence(button, parts);
    case ACTIONS.similar:
      return tell(await runFor(button, { kind: 'similar', paper: value }, parts), button, parts);
    case ACTIONS.bibtex:
      return exportPapers(button, parts);
    case ACTIONS.share:
      return share(button, parts);
    case ACTIONS.feedback:
      return vote(button, parts);
    case ACTIONS.settings:
      return openSettings(button, parts);
  }
}

interface Button {
  readonly pressed: Pressed;
  readonly person: Person;
  readonly value: string;
}

function runFor(
  { person }: Button,
  command: Command,
  { bot }: RoomParts,
  mayChange = false,
): Promise<CommandResult> {
  return bot.run({ ...requestOf(person, mayChange), command });
}

/** The modal opens first, since Slack waits three seconds for it. */
async function showEvidence(button: Button, parts: RoomParts): Promise<void> {
  const { trigger_id } = button.pressed;
  const view = renderWaiting('Evidence');
  const opened = OpenedView.parse(await parts.api.call('views.open', { trigger_id, view }));
  const result = await runFor(button, { kind: 'answer', answerId: button.value }, parts);
  const shown =
    result.kind === 'answer'
      ? renderEvidence(result.turn)
      : renderNotice('Evidence', 'text' in result ? result.text : 'There is no evidence.');
  await parts.api.call('views.update', { view_id: opened.view.id, view: shown });
}

async function exportPapers(button: Button, parts: RoomParts): Promise<void> {
  const result = await runFor(button, { kind: 'export', answerId: button.value }, parts);
  if (result.kind !== 'file') return tell(result, button, parts);
  await sendFile(result, button.person, parts);
  await tell({ kind: 'text', text: 'I sent you the BibTeX as a direct message.' }, button, parts);
}

/** Posts a private answer for all, without buttons: they would answer to its asker only. */
async function share(button: Button, parts: RoomParts): Promise<void> {
  const result = await runFor(button, { kind: 'answer', answerId: button.value }, parts);
  if (result.kind !== 'answer' || button.person.channelId === '')
    return tell(result, button, parts);
  const whole = toMessage(renderAnswer(result.turn, { isPrivate: false }));
  const asked = richText(
    line(run(`Asked: ${cleanLine(result.turn.question)}`, { bold: true, most: 500 })),
  );
  const blocks = whole.blocks.filter(
    ({ type }) => type !== 'actions' && type !== 'context_actions',
  );
  await sendMessage(
    {
      method: 'chat.postMessage',
      args: { channel: button.person.channelId },
      message: { text: whole.text, blocks: [asked, ...blocks] },
    },
    parts,
  );
  // Without the button that was pressed: a second press would share it twice.
  await respond(button, { replace_original: true, ...whole }, parts);
}

async function vote(button: Button, parts: RoomParts): Promise<void> {
  const [, word, answerId = ''] = /^(up|down) (.+)$/.exec(button.value) ?? [];
  if (word === undefined) return;
  const command = { kind: 'feedback', answerId, vote: word === 'up' ? 'up' : 'down' } as const;
  const result = await runFor(button, command, parts);
  // The button shows that it was pressed; only what went wrong needs words.
  if (result.kind === 'refused') await tell(result, button, parts);
}

async function openSettings(button: Button, parts: RoomParts): Promise<void> {
  const scope: SettingsScope = button.value === 'workspace' ? 'workspace' : 'channel';
  const mayChange = await isAdmin(button.person.userId, parts.api);
  const result = await runFor(button, { kind: 'settings', scope }, parts, mayChange);
  if (result.kind !== 'settings' || !mayChange) return tell(result, button, parts);
  const where = JSON.stringify({ channelId: button.person.channelId, scope });
  const { trigger_id } = button.pressed;
  await parts.api.call('views.open', { trigger_id, view: renderSettingsForm(result, where) });
}

/** To the person who pressed the button, below what the button stands in. */
async function tell(result: CommandResult, button: Button, parts: RoomParts): Promise<void> {
  await respond(button, { replace_original: false, ...renderResult(result) }, parts);
}

async function respond(
  { pressed, person }: Button,
  message: Rendered & { readonly replace_original: boolean },
  parts: RoomParts,
): Promise<void> {
  if (pressed.response_url !== undefined) {
    return parts.api.respond(pressed.response_url, { response_type: 'ephemeral', ...message });
  }
  // The Home tab has no place to respond to.
  const { text, blocks } = message;
  const args = { channel: person.userId };
  await sendMessage({ method: 'chat.postMessage', args, message: { text, blocks } }, parts);
}
