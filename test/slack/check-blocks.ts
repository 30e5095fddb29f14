import type { Rendered } from '../../src/slack/blocks.ts';

/** Everything that Slack would refuse or that must not be in what we send; empty when all is well. */
export function problemsOfMessage({ text, blocks }: Rendered): readonly string[] {
  return [
    ...atMost('blocks', blocks.length, 50),
    ...atMost('all blocks', JSON.stringify(blocks).length, 13_200),
    ...filled('text', text),
    ...atMost('text', text.length, 4_000),
    ...problemsOfMarkup('text', text),
    ...blocks.flatMap((block) => problemsOfBlock(block)),
    ...problemsOfLinks(blocks),
  ];
}

/** The same for a modal or a Home tab. */
export function problemsOfView(view: object): readonly string[] {
  const {
    blocks = [],
    title,
    submit,
    close,
    private_metadata = '',
    callback_id = '',
  } = view as View;
  return [
    ...atMost('blocks of a view', blocks.length, 100),
    ...atMost('a view', JSON.stringify(view).length, 250_000),
    ...[title, submit, close].flatMap((part) => atMost('title', part?.text.length ?? 0, 24)),
    ...atMost('private_metadata', private_metadata.length, 3_000),
    ...atMost('callback_id', callback_id.length, 255),
    ...blocks.flatMap((block) => problemsOfBlock(block)),
    ...problemsOfLinks(blocks),
  ];
}

interface View {
  readonly blocks?: readonly object[];
  readonly title?: { readonly text: string };
  readonly submit?: { readonly text: string };
  readonly close?: { readonly text: string };
  readonly private_metadata?: string;
  readonly callback_id?: string;
}

type Node = Readonly<Record<string, unknown>>;

const TEXT_LIMITS: Readonly<Record<string, number>> = {
  markdown: 12_000,
  section: 3_000,
  header: 150,
  alert: 200,
};

function problemsOfBlock(block: object): readonly string[] {
  const node = block as Node;
  const type = String(node.type);
  const text = typeof node.text === 'string' ? node.text : (node.text as Node | undefined)?.text;
  return [
    ...(TEXT_LIMITS[type] === undefined ? [] : filled(type, String(text ?? ''))),
    ...atMost(type, String(text ?? '').length, TEXT_LIMITS[type] ?? 3_000),
    ...(type === 'markdown' ? problemsOfMarkup(type, String(text)) : []),
    ...problemsOfCounts(type, node),
    ...nodesIn(node).flatMap(problemsOfNode),
  ];
}

function problemsOfCounts(type: string, node: Node): readonly string[] {
  const count = (value: unknown) => (Array.isArray(value) ? value.length : 0);
  switch (type) {
    case 'actions':
      return [...atMost(type, count(node.elements), 25), ...uniqueActions(node)];
    case 'context':
      return atMost(type, count(node.elements), 10);
    case 'context_actions':
      return atMost(type, count(node.elements), 5);
    case 'container':
      return [
        ...atMost('child blocks', count(node.child_blocks), 10),
        ...atMost('container title', String((node.title as Node).text).length, 150),
      ];
    case 'table':
      return [
        ...atMost('rows', count(node.rows), 100),
        ...(node.rows as unknown[]).flatMap((row) => atMost('columns', count(row), 20)),
        ...atMost('cells', JSON.stringify(node.rows).length, 13_200),
      ];
    default:
      return [];
  }
}

function uniqueActions({ elements }: Node): readonly string[] {
  const ids = (elements as Node[]).map(({ action_id }) => action_id);
  return new Set(ids).size === ids.length ? [] : ['two buttons with one action_id'];
}

function problemsOfNode(node: Node): readonly string[] {
  const text = typeof node.text === 'string' ? node.text : undefined;
  switch (node.type) {
    case 'mrkdwn':
      return [...filled('mrkdwn', text ?? ''), ...problemsOfMarkup('mrkdwn', text ?? '')];
    case 'text':
      return [...(text === '' ? ['an empty run'] : []), ...broadcasts('text', text ?? '')];
    case 'plain_text':
      return [
        ...filled(String(node.type), text ?? ''),
        ...broadcasts(String(node.type), text ?? ''),
      ];
    case 'button':
      return [
        ...atMost('button', String((node.text as Node).text).length, 75),
        ...atMost('value', String(node.value ?? '').length, 2_000),
        ...atMost('action_id', String(node.action_id).length, 255),
      ];
    case 'rich_text_section':
    case 'rich_text_quote':
    case 'rich_text_list':
      return (node.elements as unknown[]).length > 0 ? [] : [`an empty ${node.type}`];
    case 'user':
    case 'usergroup':
    case 'broadcast':
    case 'channel':
    case 'image':
      return [`a live ${node.type}`];
    default:
      return 'options' in node ? problemsOfOptions(node) : [];
  }
}

function problemsOfOptions({ options }: Node): readonly string[] {
  const list = options as { text: { text: string }; value: string }[];
  return [
    ...atMost('options', list.length, 100),
    ...list.flatMap(({ text, value }) => [
      ...atMost('option', text.text.length, 75),
      ...atMost('option value', value.length, 150),
    ]),
  ];
}

function nodesIn(value: unknown): readonly Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(nodesIn)];
}

/** What Slack would read as a mention, a broadcast, a link or an image in text with markup. */
export function problemsOfMarkup(where: string, text: string): readonly string[] {
  const outside = text.replace(OUR_LINK, '[$1]');
  return [
    ...broadcasts(where, text),
    ...(/<[^>]*>|<[!@#]/.test(text) ? [`${where} has a live tag: ${text.slice(0, 80)}`] : []),
    ...(/[a-z][a-z0-9+.-]*:\/\/|\bwww\.|mailto:/i.test(outside)
      ? [`${where} has a bare link`]
      : []),
    ...(/\]\(|\]\s+\(|!\[|\]:/.test(outside) ? [`${where} has a link of its own`] : []),
    ...(/[\p{L}\d-]\.[\p{L}]{2,}/u.test(outside) ? [`${where} has a bare host`] : []),
    ...(/\S@\S/.test(outside.replaceAll('\u2060', ' ')) ? [`${where} has an address`] : []),
  ];
}

const OUR_LINK = /\[(\d+)\]\((https:\/\/[^\s()<>|]+)\)/g;

function broadcasts(where: string, text: string): readonly string[] {
  return /<[!@#]/.test(text) ? [`${where} could mention: ${text.slice(0, 80)}`] : [];
}

/** Every address anywhere, the one in a link of our own in Markdown as well. */
export function linksIn(value: unknown): readonly string[] {
  const nodes = nodesIn(value);
  const fields = nodes
    .flatMap(({ url, image_url }) => [url, image_url])
    .filter((url) => url !== undefined);
  const texts = nodes.flatMap(({ type, text }) => (type === 'markdown' ? [String(text)] : []));
  const inMarkdown = texts.flatMap((text) => [...text.matchAll(OUR_LINK)].map(([, , url]) => url));
  return [...fields, ...inMarkdown].map(String);
}

const HOST =
  /^https:\/\/(?:huggingface\.co|(?:www\.)?arxiv\.org|(?:www\.)?alphaxiv\.org)\/[^\s()<>|]*$/;

function problemsOfLinks(value: unknown): readonly string[] {
  return linksIn(value)
    .filter((url) => !HOST.test(url))
    .map((url) => `a foreign link: ${url}`);
}

function atMost(what: string, length: number, most: number): readonly string[] {
  return length > most ? [`${what}: ${length} is over ${most}`] : [];
}

function filled(what: string, text: string): readonly string[] {
  return text.trim() === '' ? [`${what} is empty`] : [];
}
