// @ts-expect-error the package ships its schemas without types
import * as spec from 'discord-api-spec/zod';
import { z } from 'zod';
import type { Payload } from './http.ts';
import { isAllowed, liveMarkup, type MarkupRules } from './markup.ts';
import { embedText, isJson, type MessageBody, overTotals, withNested } from './message-totals.ts';
import { FLAG, type Json, type StoredMessage } from './model.ts';

/** Everything that the app sends and that Discord has a schema for. */
const SCHEMAS: Readonly<Record<SentKind, z.ZodType>> = {
  message: spec.MessageCreateRequestSchema,
  messageEdit: spec.MessageEditRequestPartialSchema,
  webhook: spec.IncomingWebhookRequestPartialSchema,
  webhookEdit: spec.IncomingWebhookUpdateRequestPartialSchema,
  answer: spec.CreateMessageInteractionCallbackRequestSchema,
  update: spec.UpdateMessageInteractionCallbackRequestSchema,
  choices: spec.ApplicationCommandAutocompleteCallbackRequestSchema,
  modal: spec.ModalInteractionCallbackRequestSchema,
  commands: z.array(spec.ApplicationCommandUpdateRequestSchema),
  command: spec.ApplicationCommandUpdateRequestSchema,
  messageThread: spec.CreateTextThreadWithMessageRequestSchema,
  thread: z.union([
    spec.CreateForumThreadRequestSchema,
    spec.CreateTextThreadWithoutMessageRequestSchema,
  ]),
};

export type SentKind =
  | 'message'
  | 'messageEdit'
  | 'webhook'
  | 'webhookEdit'
  | 'answer'
  | 'update'
  | 'choices'
  | 'modal'
  | 'commands'
  | 'command'
  | 'messageThread'
  | 'thread';

export interface Sent extends Payload {
  readonly kind: SentKind;
  /** The message that an edit changes. */
  readonly before?: StoredMessage | undefined;
}

export interface Judgement {
  /** What Discord would refuse it for. */
  readonly refused: readonly string[];
  /** What Discord would take and we never send. */
  readonly unsafe: readonly string[];
}

const MESSAGES: readonly SentKind[] = ['message', 'messageEdit', 'webhook', 'webhookEdit'];
const BUTTON_LINK = 5;
const TEXT_DISPLAY = 10;

/** Holds a payload against Discord's schema, the totals beside it, and our rules for what we send. */
export function judge({ kind, body, files, before }: Sent, rules: MarkupRules): Judgement {
  const read = SCHEMAS[kind].safeParse(body);
  const bySchema = read.success ? [] : read.error.issues.map(issueLine);
  const message = messageIn(kind, body);
  if (message === undefined) return { refused: bySchema, unsafe: [] };
  return {
    refused: [...bySchema, ...overTotals(message, files, before)],
    unsafe: [...mentionFaults(message), ...markupFaults(message, rules)],
  };
}

/** The message in a payload: all of it, or the answer to an interaction that has one. */
function messageIn(kind: SentKind, body: Json): MessageBody | undefined {
  // The schema was held against it: what it let pass has these fields.
  if (MESSAGES.includes(kind)) return body as MessageBody;
  const { type, data } = body;
  const hasMessage = (kind === 'answer' && type === 4) || (kind === 'update' && type === 7);
  if (hasMessage) return (isJson(data) ? data : {}) as MessageBody;
  const first = kind === 'thread' ? body.message : undefined;
  return isJson(first) ? (first as MessageBody) : undefined;
}

function issueLine({ path, message }: z.core.$ZodIssue): string {
  return `${path.join('.')}: ${message}`;
}

function mentionFaults({ allowed_mentions: allowed }: MessageBody): readonly string[] {
  if (!isJson(allowed)) return ['no allowed_mentions'];
  const lists = [allowed.parse, allowed.users, allowed.roles];
  const isEmpty = lists.every((list) => (Array.isArray(list) ? list.length === 0 : list == null));
  const isSilent = isEmpty && Array.isArray(allowed.parse) && allowed.replied_user !== true;
  return isSilent ? [] : [`allowed_mentions that allow some: ${JSON.stringify(allowed)}`];
}

function markupFaults(message: MessageBody, rules: MarkupRules): readonly string[] {
  const components = (message.components ?? []).flatMap(withNested);
  const texts = [
    message.content ?? '',
    ...(message.embeds ?? []).flatMap(embedText),
    ...components.flatMap((each) => (each.type === TEXT_DISPLAY ? [String(each.content)] : [])),
  ];
  const targets = [
    ...(message.embeds ?? []).map(({ url }) => url),
    ...components.map(({ url, style }) => (style === BUTTON_LINK ? url : undefined)),
  ].filter((url) => typeof url === 'string');
  const away = targets.filter((url) => !isAllowed(url, rules.hosts));
  return [
    ...texts.flatMap((text) => liveMarkup(text, rules)),
    ...away.map((url) => `a foreign link: ${url}`),
    ...previewFaults(message, texts),
  ];
}

/** A link that is not in angle brackets opens a card of the page below a message of plain content. */
function previewFaults({ flags }: MessageBody, [content = '']: readonly string[]): string[] {
  const isQuiet = ((flags ?? 0) & (FLAG.suppressEmbeds | FLAG.componentsV2)) !== 0;
  const open = content.match(/(?<![<\w])https?:\/\/[^\s>)]+/);
  return open === null || isQuiet ? [] : [`a link that unfolds into a card: ${open[0]}`];
}
