import { z } from 'zod';
import type { DigestCommand } from '../digest/digest-commands.ts';
import type { Subscription } from '../digest/subscription.ts';
import { type Button, tell } from './button.ts';
import { renderDigestForm } from './digest-form.ts';
import { type FormErrors, formValues } from './form-values.ts';
import type { Submitted } from './handle-views.ts';
import { mayManage, type Person, requestOf, timeZoneOf } from './person.ts';
import { readTimes, readWish } from './read-digest-form.ts';
import { renderResult } from './render-result.ts';
import type { RoomParts } from './room.ts';
import { isAbsent, sendMessage } from './send.ts';

const Where = z.object({ channelId: z.string(), id: z.string().optional() });

/** A digest of a channel with its number there; undefined where it is not there any more. */
export async function findDigest(
  id: string,
  person: Person,
  { bot }: RoomParts,
): Promise<{ readonly number: number; readonly subscription: Subscription } | undefined> {
  const command = { kind: 'digest', command: { kind: 'list' } } as const;
  const result = await bot.run({ ...requestOf(person), command });
  if (result.kind !== 'digests') return undefined;
  const at = result.subscriptions.findIndex((one) => one.id === id);
  const subscription = result.subscriptions[at];
  return subscription && { number: at + 1, subscription };
}

/** Opens the form of a new digest, or of one that there is, for those who may change it. */
export async function openDigestForm(
  { person, triggerId, subscription }: OpenForm,
  parts: RoomParts,
): Promise<void> {
  const [settings, timeZone] = await Promise.all([
    parts.bot.run({ ...requestOf(person), command: { kind: 'settings' } }),
    timeZoneOf(person.userId, parts.api),
  ]);
  const { channelId } = person;
  const where = { channelId, ...(subscription !== undefined && { id: subscription.id }) };
  const facts = {
    sources: settings.kind === 'settings' ? settings.sources : [],
    ...(timeZone !== undefined && { timeZone }),
    ...(subscription !== undefined && { subscription }),
  };
  const view = renderDigestForm(facts, JSON.stringify(where));
  await parts.api.call('views.open', { trigger_id: triggerId, view });
}

interface OpenForm {
  readonly person: Person;
  readonly triggerId: string;
  readonly subscription?: Subscription;
}

/** Takes in the form of a digest; whoever sent it is told what it has become. */
export async function takeDigest({ user, view }: Submitted, parts: RoomParts): Promise<FormErrors> {
  const { channelId, id } = Where.parse(JSON.parse(view.private_metadata));
  const person = { teamId: parts.self.teamId, userId: user.id, channelId };
  const formId = `${person.teamId}-${view.id}`;
  const read = await readForm(formValues(view.state), { id, person, formId }, parts);
  if (read.kind === 'wrong') return read.errors;
  const isAdmin = await mayManage(person, parts.api);
  const command = { kind: 'digest', command: read.value } as const;
  const result = await parts.bot.run({ ...requestOf(person, isAdmin), command });
  if (result.kind === 'refused') return { days: result.text };
  await say(renderResult(result), person, parts);
  return undefined;
}

interface SentForm {
  /** Of the digest to change. */
  readonly id: string | undefined;
  readonly person: Person;
  /** The same when Slack sends the form again. */
  readonly formId: string;
}

async function readForm(
  values: ReturnType<typeof formValues>,
  { id, person, formId }: SentForm,
  parts: RoomParts,
) {
  const times = readTimes(values);
  if (times.kind === 'wrong') return times;
  const schedule = times.value;
  const found = id === undefined ? undefined : await findDigest(id, person, parts);
  if (id !== undefined && found === undefined) {
    return { kind: 'wrong', errors: { days: GONE } } as const;
  }
  const kept = found?.subscription.wish;
  const wish =
    kept?.kind === 'question' ? { kind: 'read' as const, value: kept } : readWish(values);
  if (wish.kind === 'wrong') return wish;
  const value: DigestCommand =
    found === undefined
      ? { kind: 'add', id: formId, wish: wish.value, schedule }
      : { kind: 'replace', number: found.number, wish: wish.value, schedule };
  return { kind: 'read', value } as const;
}

/** What to say of a digest that was removed meanwhile. */
export const GONE = 'That digest is not here any more; see /papers digest list.';

/** To the person alone: in the channel, or where the bot is not in it by direct message. */
async function say(
  message: ReturnType<typeof renderResult>,
  { channelId, userId }: Person,
  parts: RoomParts,
): Promise<void> {
  const direct = { method: 'chat.postMessage', args: { channel: userId }, message } as const;
  if (!/^[CG]/.test(channelId)) return void (await sendMessage(direct, parts));
  const args = { channel: channelId, user: userId };
  try {
    await sendMessage({ method: 'chat.postEphemeral', args, message }, parts);
  } catch (error) {
    if (!isAbsent(error)) throw error;
    const text = `${message.text} I am not in that channel: invite me, or nothing can be posted.`;
    await sendMessage({ ...direct, message: { ...message, text } }, parts);
  }
}

/** Tells who pressed that there is no such digest. */
export function tellGone(button: Button, parts: RoomParts): Promise<void> {
  return tell({ kind: 'refused', text: GONE }, button, parts);
}
