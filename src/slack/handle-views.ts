import { z } from 'zod';
import type { ChannelSettings, PaperChoice } from '../bot/channel-settings.ts';
import { VIEWS } from './actions.ts';
import { writeNote } from './address.ts';
import { type FormErrors, FormState } from './form-values.ts';
import { commandMessage } from './handle-commands.ts';
import { takeDigest } from './handle-digest-forms.ts';
import { publishHome } from './handle-home.ts';
import { readText } from './message-text.ts';
import { isAdmin, requestOf } from './person.ts';
import type { RoomParts } from './room.ts';
import { renderAskForm } from './views.ts';

const Submitted = z.object({
  user: z.object({ id: z.string() }),
  view: z.object({
    id: z.string(),
    callback_id: z.string(),
    private_metadata: z.string().default(''),
    state: FormState,
  }),
});
/** A form that somebody sent. */
export type Submitted = z.infer<typeof Submitted>;

const Where = z.object({
  channelId: z.string(),
  scope: z.enum(['channel', 'workspace']).default('channel'),
  /** The thread of the message that a question is about. */
  shareIn: z.string().optional(),
  /** The same, where the message itself stands in it. */
  threadId: z.string().optional(),
});

/** What becomes of a form. */
export interface Taken {
  /** What is wrong in it, by the block it stands at; undefined when it was taken. */
  readonly errors?: Readonly<Record<string, string>>;
  /** What is done once the form was told so: it waits for three seconds only. */
  readonly after?: () => Promise<void>;
}

/** Takes in a form that somebody sent. */
export async function handleSubmission(payload: unknown, parts: RoomParts): Promise<Taken> {
  const submitted = Submitted.parse(payload);
  switch (submitted.view.callback_id) {
    case VIEWS.ask:
      return takeQuestion(submitted, parts);
    case VIEWS.settings:
      return takeSettings(submitted, parts);
    case VIEWS.digest:
      return withErrors(await takeDigest(submitted, parts));
    default:
      return {};
  }
}

async function takeQuestion({ user, view }: Submitted, parts: RoomParts): Promise<Taken> {
  const text = fieldOf(view, 'question')?.value?.trim() ?? '';
  if (text === '') return { errors: { question: 'Write a question.' } };
  const { channelId, shareIn, threadId } = whereOf(view);
  const person = { teamId: parts.self.teamId, userId: user.id, channelId };
  await parts.bot.receive({
    ...commandMessage(text, person, view.id),
    ...(threadId !== undefined && { threadId }),
    replyTo: writeNote({ isMessage: false, ...(shareIn !== undefined && { shareIn }) }),
  });
  return {};
}

async function takeSettings({ user, view }: Submitted, parts: RoomParts): Promise<Taken> {
  const { channelId, scope } = whereOf(view);
  const person = { teamId: parts.self.teamId, userId: user.id, channelId };
  const mayChange = await isAdmin(person, parts.api);
  const command = { kind: 'change-settings', change: changeIn(view), scope } as const;
  const result = await parts.bot.run({ ...requestOf(person, mayChange), command });
  if (result.kind === 'refused') {
    return { errors: { [blockOf(result.text, view)]: result.text } };
  }
  // What the Home tab says of the settings is no longer so.
  return scope === 'workspace' ? { after: () => publishHome(user.id, parts) } : {};
}

function whereOf({ private_metadata }: Submitted['view']): z.infer<typeof Where> {
  return Where.parse(JSON.parse(private_metadata));
}

/** The field that a refusal speaks of. */
function blockOf(text: string, { state }: Submitted['view']): string {
  if (/\bpage\b/.test(text) && state.values.sources !== undefined) return 'sources';
  return /\byear\b|from \d{4}/.test(text) ? 'toYear' : 'answerMode';
}

/** Not checked here: the bot checks what comes from a form. */
function changeIn(view: Submitted['view']): Partial<ChannelSettings> {
  const flags = (fieldOf(view, 'flags')?.selected_options ?? []).map(({ value }) => value);
  const sources = (fieldOf(view, 'sources')?.selected_options ?? []).map(({ value }) => value);
  const papers: PaperChoice = {
    ...(sources.length > 0 && { sources }),
    ...yearIn(view, 'fromYear'),
    ...yearIn(view, 'toYear'),
  };
  const mode = fieldOf(view, 'answerMode')?.selected_option?.value;
  return {
    // One of ours unless somebody forged the form; then the bot refuses it.
    ...(mode != null && { answerMode: mode as ChannelSettings['answerMode'] }),
    followUps: flags.includes('followUps'),
    isPrivate: flags.includes('isPrivate'),
    isMuted: flags.includes('isMuted'),
    papers,
  };
}

function yearIn(view: Submitted['view'], name: 'fromYear' | 'toYear') {
  const written = fieldOf(view, name)?.value;
  return written == null || written === '' ? {} : { [name]: Number(written) };
}

function fieldOf({ state }: Submitted['view'], block: string) {
  return Object.values(state.values[block] ?? {})[0];
}

function withErrors(errors: FormErrors): Taken {
  return errors === undefined ? {} : { errors };
}

const Shortcut = z.object({
  user: z.object({ id: z.string() }),
  trigger_id: z.string(),
  channel: z.object({ id: z.string() }).optional(),
  message: z
    .object({
      text: z.string().optional(),
      ts: z.string().optional(),
      thread_ts: z.string().optional(),
    })
    .optional(),
});

/** Opens the form for a question, with the text of the message it was called on. */
export async function handleShortcut(payload: unknown, parts: RoomParts): Promise<void> {
  const { user, trigger_id, channel, message } = Shortcut.parse(payload);
  const { text } = readText(message?.text ?? '', parts.self.botUserId);
  const { ts, thread_ts } = message ?? {};
  const shareIn = thread_ts ?? ts;
  const where = JSON.stringify({
    channelId: channel?.id ?? user.id,
    ...(shareIn !== undefined && { shareIn }),
    // Beside a message in the channel itself its thread may not be open, and shows nothing then.
    ...(thread_ts !== undefined && thread_ts !== ts && { threadId: thread_ts }),
  });
  await parts.api.call('views.open', { trigger_id, view: renderAskForm(text, where) });
}
