import type { Payload } from '../fakes/fault-discord/http.ts';
import { judge, type SentKind } from '../fakes/fault-discord/judge.ts';
import { isJson, type MessageBody, withNested } from '../fakes/fault-discord/message-totals.ts';
import type { Json } from '../fakes/fault-discord/model.ts';
import { problemsOfMarkdown } from './read-markdown.ts';

/** A request as it reaches Discord; `path` is what follows the version. */
export interface SentRequest extends Payload {
  readonly method: string;
  readonly path: string;
}

const RULES = {
  hosts: new Set(['huggingface.co', 'arxiv.org', 'www.arxiv.org', 'alphaxiv.org']),
  commandIds: new Set<string>(),
};

/** Requests that hold nothing to judge. */
const SILENT = /^(?:GET |DELETE |POST \/channels\/\d+\/typing$|POST \/users\/@me\/channels$)/;

const KINDS: readonly (readonly [route: RegExp, kind: SentKind])[] = [
  [/^PATCH \/webhooks\//, 'webhookEdit'],
  [/^POST \/webhooks\//, 'webhook'],
  [/^POST \/channels\/\d+\/messages$/, 'message'],
  [/^PATCH \/channels\/\d+\/messages\/\d+$/, 'messageEdit'],
  [/^POST \/channels\/\d+\/messages\/\d+\/threads$/, 'messageThread'],
];

/** Everything that Discord would refuse or that must not be in what we send; empty when all is well. */
export function problemsOfRequest({ method, path, body, files }: SentRequest): readonly string[] {
  const route = `${method} ${path.replace(/\?.*$/, '')}`;
  if (SILENT.test(route)) return [];
  if (Array.isArray(body)) {
    return body.flatMap((command: Json) => problemsOf('command', { body: command, files }));
  }
  const isCallback = /^POST \/interactions\//.test(route);
  const kind = isCallback
    ? callbackKind(body.type)
    : KINDS.find(([known]) => known.test(route))?.[1];
  if (kind === undefined) return [`${route} is not known to send anything`];
  return problemsOf(kind, { body, files });
}

function callbackKind(type: unknown): SentKind | undefined {
  switch (type) {
    case 4:
    case 5:
      return 'answer';
    case 6:
    case 7:
      return 'update';
    case 8:
      return 'choices';
    case 9:
      return 'modal';
    default:
      return undefined;
  }
}

/** The same for a message that was rendered and not sent yet. */
export function problemsOfMessage(body: Json): readonly string[] {
  return problemsOf('message', { body, files: [] });
}

function problemsOf(kind: SentKind, payload: Payload): readonly string[] {
  const { refused, unsafe } = judge({ kind, ...payload }, RULES);
  const { data } = payload.body;
  const message: MessageBody = isJson(data) ? data : payload.body;
  return [...refused, ...unsafe, ...problemsOfParts(message)].map((line) => `${kind}: ${line}`);
}

/** What its schema and the totals do not tell: twins of ids, buttons that lead away, live text. */
function problemsOfParts({ components, content }: MessageBody): readonly string[] {
  const parts = (Array.isArray(components) ? components : []).flatMap(withNested);
  const texts = parts.flatMap((part) => (part.type === 10 ? [String(part.content)] : []));
  const fields = parts.flatMap(({ label, placeholder }) => [label, placeholder]);
  return [
    ...twinsAmong(parts.map(({ id }) => id)),
    ...twinsAmong(parts.map(({ custom_id }) => custom_id)),
    ...(parts.some(({ type, style }) => type === 2 && style === 5) ? ['a button leads away'] : []),
    ...[...texts, ...(content ? [String(content)] : [])].flatMap(problemsOfMarkdown),
    ...fields.flatMap((text) =>
      String(text ?? '').trim() === '' && text !== undefined ? ['an empty label'] : [],
    ),
  ];
}

function twinsAmong(ids: readonly unknown[]): readonly string[] {
  const given = ids.filter((id) => id !== undefined);
  return new Set(given).size === given.length ? [] : [`two parts with one id: ${given.join(', ')}`];
}
