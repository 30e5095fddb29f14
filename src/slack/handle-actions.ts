import { z } from 'zod';
import type { SettingsScope } from '../bot/commands/command.ts';
import { ACTIONS } from './actions.ts';
import { type Button, runFor, tell } from './button.ts';
import { openWaiting, renderEvidence } from './evidence-view.ts';
import { handleDigestAction } from './handle-digests.ts';
import { isAdmin } from './person.ts';
import type { RoomParts } from './room.ts';
import { isAbsent } from './send.ts';
import { type NamedFile, sendFile } from './send-file.ts';
import { share } from './share.ts';
import { renderAskForm, renderNotice, renderSettingsForm } from './views.ts';

const Pressed = z.object({
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }).optional(),
  container: z.object({ is_ephemeral: z.boolean().optional() }).optional(),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
  trigger_id: z.string(),
  response_url: z.string().optional(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().optional() })).min(1),
});

/** Does what a button says. Whether the person may is asked of the bot, never read from the button. */
export async function handleAction(payload: unknown, parts: RoomParts): Promise<void> {
  const pressed = Pressed.parse(payload);
  const [{ action_id = '' } = {}] = pressed.actions;
  const button = buttonOf(pressed, parts);
  if (await handleDigestAction(action_id, button, parts)) return;
  switch (action_id.replace(/-\d+$/, '')) {
    case ACTIONS.evidence:
      return showEvidence(button, parts);
    case ACTIONS.similar:
      return tell(
        await runFor(button, { kind: 'similar', paper: button.value }, parts),
        button,
        parts,
      );
    case ACTIONS.bibtex:
      return exportPapers(button, parts);
    case ACTIONS.share:
      return share(button, parts);
    case ACTIONS.feedback:
      return vote(button, parts);
    case ACTIONS.settings:
      return openSettings(button, parts);
    case ACTIONS.ask:
      return openQuestion(button, parts);
  }
}

function buttonOf(pressed: z.infer<typeof Pressed>, { self }: RoomParts): Button {
  const { user, channel, container, message, trigger_id, response_url, actions } = pressed;
  return {
    person: { teamId: self.teamId, userId: user.id, channelId: channel?.id ?? '' },
    value: actions[0]?.value ?? '',
    triggerId: trigger_id,
    isEphemeral: container?.is_ephemeral ?? false,
    ...(message && { message: { ts: message.ts, threadTs: message.thread_ts ?? message.ts } }),
    ...(response_url !== undefined && { responseUrl: response_url }),
  };
}

async function showEvidence(button: Button, parts: RoomParts): Promise<void> {
  const viewId = await openWaiting(button.triggerId, parts);
  const result = await runFor(button, { kind: 'answer', answerId: button.value }, parts);
  const shown =
    result.kind === 'answer'
      ? renderEvidence(result.turn)
      : renderNotice('Evidence', 'text' in result ? result.text : 'There is no evidence.');
  await parts.api.call('views.update', { view_id: viewId, view: shown });
}

/** What everybody sees is exported for everybody, into its thread; the rest by direct message. */
async function exportPapers(button: Button, parts: RoomParts): Promise<void> {
  const result = await runFor(button, { kind: 'export', answerId: button.value }, parts);
  if (result.kind !== 'file') return tell(result, button, parts);
  const isForAll = !result.isPrivate && !button.isEphemeral;
  if (isForAll && (await uploadToThread(result, button, parts))) return;
  await sendFile(result, button.person, parts);
  await tell({ kind: 'text', text: 'I sent you the BibTeX as a direct message.' }, button, parts);
}

/** False where there is no thread, or the bot is not in the channel. */
async function uploadToThread(
  { name, content }: NamedFile,
  { message, person }: Button,
  { api }: RoomParts,
): Promise<boolean> {
  if (message === undefined || person.channelId === '') return false;
  const { threadTs } = message;
  try {
    await api.upload({ channel: person.channelId, threadTs, name, content, comment: '' });
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
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
  const mayChange = await isAdmin(button.person, parts.api);
  const result = await runFor(button, { kind: 'settings', scope }, parts, mayChange);
  if (result.kind !== 'settings' || !mayChange) return tell(result, button, parts);
  const where = JSON.stringify({ channelId: button.person.channelId, scope });
  const view = renderSettingsForm(result, where);
  await parts.api.call('views.open', { trigger_id: button.triggerId, view });
}

/** The question of a button on the Home tab, to be edited; its answer comes by direct message. */
async function openQuestion(button: Button, parts: RoomParts): Promise<void> {
  const where = JSON.stringify({ channelId: button.person.userId });
  const view = renderAskForm(button.value, where);
  await parts.api.call('views.open', { trigger_id: button.triggerId, view });
}
