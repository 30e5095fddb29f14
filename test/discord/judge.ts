// @ts-expect-error the package ships its schemas without types
import * as spec from 'discord-api-spec/zod';
import { z } from 'zod';
import { problemsOfMarkdown } from './read-markdown.ts';

/** A request as it reaches Discord; `path` is what follows the version. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

type Node = Readonly<Record<string, unknown>>;

/**
 * Everything that Discord would refuse or that must not be in what we send; empty when all is well.
 * The shapes are judged by Discord's own schema, the totals that it does not know here.
 */
export function problemsOfRequest({ method, path, body }: SentRequest): readonly string[] {
  if (method === 'GET' || method === 'DELETE') return [];
  const schema = schemaFor(method, path, body);
  if (schema === undefined) return [`${method} ${path} is not known to send anything`];
  const parsed = schema === 'nothing' ? undefined : schema.safeParse(body);
  const shape = parsed?.error?.issues ?? [];
  return [
    ...shape.map((issue) => `${method} ${path}: ${issue.path.join('.')} ${issue.message}`),
    ...messagesIn(path, body).flatMap(problemsOfMessage),
  ];
}

function schemaFor(method: string, path: string, body: unknown): z.ZodType | 'nothing' | undefined {
  const route = `${method} ${path.replace(/\?.*$/, '').replace(/\d{17,20}/g, ':id')}`;
  if (/^POST \/interactions\//.test(route)) return callbackSchema((body as Node).type);
  if (/^PATCH \/webhooks\//.test(route)) return spec.IncomingWebhookUpdateRequestPartialSchema;
  if (/^POST \/webhooks\//.test(route)) return spec.IncomingWebhookRequestPartialSchema;
  switch (route) {
    case 'POST /channels/:id/messages':
      return spec.MessageCreateRequestSchema;
    case 'PATCH /channels/:id/messages/:id':
      return spec.MessageEditRequestPartialSchema;
    case 'POST /channels/:id/messages/:id/threads':
      return spec.CreateTextThreadWithMessageRequestSchema;
    case 'PUT /applications/:id/commands':
    case 'PUT /applications/:id/guilds/:id/commands':
      return z.array(spec.ApplicationCommandUpdateRequestSchema);
    case 'POST /channels/:id/typing':
    case 'POST /users/@me/channels':
      return 'nothing';
    default:
      return undefined;
  }
}

function callbackSchema(type: unknown): z.ZodType | undefined {
  switch (type) {
    case 4:
    case 5:
      return spec.CreateMessageInteractionCallbackRequestSchema;
    case 6:
    case 7:
      return spec.UpdateMessageInteractionCallbackRequestSchema;
    case 8:
      return spec.ApplicationCommandAutocompleteCallbackRequestSchema;
    case 9:
      return spec.ModalInteractionCallbackRequestSchema;
    default:
      return undefined;
  }
}

const CALLBACKS_WITH_MESSAGE = [4, 7];

/** The messages within a request: its body, or the data of a first answer that is one. */
function messagesIn(path: string, body: unknown): readonly Node[] {
  const node = (body ?? {}) as Node;
  if (/^\/interactions\//.test(path)) {
    return CALLBACKS_WITH_MESSAGE.includes(Number(node.type)) ? [node.data as Node] : [];
  }
  return /\/(?:messages|webhooks)\b/.test(path) && !/\/threads$/.test(path) ? [node] : [];
}

const V2 = 32_768;
const MOST_TEXT = 4_000;
const MOST_COMPONENTS = 40;
const MOST_CONTENT = 2_000;
const MOST_EMBEDDED = 6_000;

/** What Discord's schema does not know of a message, and what may never be in one. */
export function problemsOfMessage(message: Node): readonly string[] {
  const { content = '', embeds = [], components = [], flags = 0, allowed_mentions } = message;
  const nodes = nodesIn(components);
  const texts = nodes.flatMap(({ type, content: text }) => (type === 10 ? [String(text)] : []));
  const isV2 = (Number(flags) & V2) !== 0;
  const ids = nodes.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const customIds = nodes.flatMap(({ custom_id }) => (custom_id === undefined ? [] : [custom_id]));
  return [
    ...atMost('content', String(content).length, MOST_CONTENT),
    ...atMost('all embeds', JSON.stringify(embeds).length, MOST_EMBEDDED),
    ...atMost('all texts', texts.join('').length, MOST_TEXT),
    ...atMost('components', nodes.filter(({ type }) => type !== undefined).length, MOST_COMPONENTS),
    ...(isV2 && (content !== '' || JSON.stringify(embeds) !== '[]') ? ['V2 with content'] : []),
    ...(!isV2 && texts.length > 0 ? ['components of V2 without its flag'] : []),
    ...(mentionsNobody(allowed_mentions) ? [] : ['it may mention somebody']),
    ...(new Set(ids).size === ids.length ? [] : ['two components with one id']),
    ...(new Set(customIds).size === customIds.length ? [] : ['two buttons with one custom_id']),
    ...[String(content), ...texts].flatMap((text) => problemsOfMarkdown(text)),
    ...nodes.flatMap(problemsOfLinkButton),
  ];
}

function mentionsNobody(allowed: unknown): boolean {
  const { parse, users = [], roles = [], replied_user = true } = (allowed ?? {}) as Node;
  return JSON.stringify([parse, users, roles]) === '[[],[],[]]' && replied_user === false;
}

function problemsOfLinkButton({ type, style }: Node): readonly string[] {
  return type === 2 && style === 5 ? ['a button that leads away'] : [];
}

function nodesIn(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  if (typeof value !== 'object' || value === null) return [];
  // Select options, emoji and file addresses are objects as well, but no components.
  const { components, accessory } = value as Node;
  return [value as Node, ...nodesIn(components), ...nodesIn(accessory)];
}

function atMost(what: string, length: number, most: number): readonly string[] {
  return length > most ? [`${what}: ${length} is over ${most}`] : [];
}
