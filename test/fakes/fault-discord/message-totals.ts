import type { Upload } from './http.ts';
import { FLAG, type Json, type StoredMessage } from './model.ts';

const MEGABYTE = 1_048_576;
const MOST = {
  content: 2_000,
  embeds: 10,
  embedText: 6_000,
  components: 40,
  componentText: 4_000,
  files: 10,
  fileBytes: 10 * MEGABYTE,
  requestBytes: 25 * MEGABYTE,
} as const;
const ACTION_ROW = 1;
const TEXT_DISPLAY = 10;

/** The fields of a message that have totals, as they come in a payload that its schema let pass. */
export interface MessageBody {
  readonly content?: string | null;
  readonly embeds?: readonly Json[] | null;
  readonly components?: readonly Json[] | null;
  readonly flags?: number | null;
  readonly allowed_mentions?: Json | null;
  readonly [other: string]: unknown;
}

/**
 * What Discord refuses of a message and its published schema does not know. An edit changes the
 * message `before`: once it is made of components it cannot go back.
 */
export function overTotals(
  body: MessageBody,
  files: readonly Upload[],
  before?: StoredMessage,
): readonly string[] {
  const isV2Before = ((before?.flags ?? 0) & FLAG.componentsV2) !== 0;
  const isV2 = isV2Before || ((body.flags ?? 0) & FLAG.componentsV2) !== 0;
  const content = body.content === undefined ? (before?.content ?? '') : (body.content ?? '');
  const embeds = body.embeds === undefined ? (before?.embeds ?? []) : (body.embeds ?? []);
  const components =
    body.components === undefined ? (before?.components ?? []) : (body.components ?? []);
  return [
    ...(isV2 ? ofComponents({ content, embeds, components }) : ofText({ content, embeds })),
    ...(!isV2 && components.some(({ type }) => type !== ACTION_ROW)
      ? ['components other than action rows, without the flag for them']
      : []),
    ...(isEmpty({ content, embeds, components, files }, before) ? ['an empty message'] : []),
    ...ofFiles(files),
  ];
}

interface Parts {
  readonly content: string;
  readonly embeds: readonly Json[];
  readonly components: readonly Json[];
}

function ofText({ content, embeds }: Omit<Parts, 'components'>): readonly string[] {
  const text = embeds.reduce((sum, embed) => sum + embedText(embed).join('').length, 0);
  return [
    ...over('characters of content', [...content].length, MOST.content),
    ...over('embeds', embeds.length, MOST.embeds),
    ...over('characters in all embeds', text, MOST.embedText),
  ];
}

function ofComponents({ content, embeds, components }: Parts): readonly string[] {
  const all = components.flatMap(withNested);
  const text = all.flatMap((each) => (each.type === TEXT_DISPLAY ? [String(each.content)] : []));
  return [
    ...(content === '' ? [] : ['content beside components of version 2']),
    ...(embeds.length === 0 ? [] : ['embeds beside components of version 2']),
    ...over('components', all.length, MOST.components),
    ...over('characters in all text displays', [...text.join('')].length, MOST.componentText),
  ];
}

function ofFiles(files: readonly Upload[]): readonly string[] {
  const sizes = files.map(({ bytes }) => bytes.length);
  return [
    ...over('files', files.length, MOST.files),
    ...over('bytes in a file', Math.max(0, ...sizes), MOST.fileBytes),
    ...over(
      'bytes in all',
      sizes.reduce((sum, size) => sum + size, 0),
      MOST.requestBytes,
    ),
  ];
}

function isEmpty(
  { content, embeds, components, files }: Parts & { readonly files: readonly Upload[] },
  before?: StoredMessage,
): boolean {
  const counts = [content.length, embeds.length, components.length, files.length];
  return counts.every((count) => count === 0) && (before?.files.length ?? 0) === 0;
}

function over(what: string, count: number, most: number): readonly string[] {
  return count > most ? [`${count} ${what}, of ${most}`] : [];
}

/** A component and all that stand in it, the accessory of a section and the part of a label too. */
export function withNested(component: Json): readonly Json[] {
  const inner = [component.components, component.accessory, component.component].flat();
  return [component, ...inner.filter(isJson).flatMap(withNested)];
}

export function embedText(embed: Json): readonly string[] {
  const { title, description, fields, footer, author } = embed;
  const ofFields = (Array.isArray(fields) ? fields : []).flatMap((f) => [f.name, f.value]);
  const [foot, name] = [isJson(footer) && footer.text, isJson(author) && author.name];
  return [title, description, foot, name, ...ofFields].filter((text) => typeof text === 'string');
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
