import type { FakeSlackApi } from './fake-slack-api.ts';
import { aliveIn, type Markup } from './slack-reader.ts';

type Node = Readonly<Record<string, unknown>>;
type Judge = (what: string, text: unknown, markup: Markup) => readonly string[];

/** Reads all that was sent to a Slack in memory: what is alive in it, and what it must not be. */
export function problemsOfSent(api: FakeSlackApi, records: ReadonlySet<string>): readonly string[] {
  const judge: Judge = (what, text, markup) =>
    aliveIn(String(text ?? ''), markup, records).map((problem) => `${what}: ${problem}`);
  const streamed = api.calls.map(({ method, args }) => {
    const text = ((args.chunks as Node[] | undefined) ?? []).map((chunk) => chunk.text).join('');
    return method === 'chat.startStream' ? `\n\n${text}` : text;
  });
  return [
    ...api.calls.flatMap(({ method, args }) => problemsOfCall(method, args, { judge, records })),
    // As one text: what is split between two chunks comes together on the screen.
    ...judge('a stream', streamed.join(''), 'markdown'),
    ...api.responses.flatMap(({ body }) =>
      problemsOfMessage('respond', { ...body }, { judge, records }),
    ),
    ...api.uploads.flatMap(({ name, comment, content }) => [
      ...(/^[a-z]+\.bib$/.test(name) ? [] : [`a file named ${name}`]),
      ...judge('a comment', comment, 'mrkdwn'),
      ...problemsOfBibtex(String(content)),
    ]),
  ];
}

interface Judging {
  readonly judge: Judge;
  readonly records: ReadonlySet<string>;
}

function problemsOfCall(method: string, args: Node, judging: Judging): readonly string[] {
  const { judge } = judging;
  switch (method) {
    case 'chat.postMessage':
    case 'chat.postEphemeral':
      return [
        ...(args.unfurl_links === false && args.unfurl_media === false ? [] : ['link previews']),
        ...problemsOfMessage(method, args, judging),
      ];
    case 'chat.update':
      return problemsOfMessage(method, args, judging);
    case 'chat.startStream':
    case 'chat.appendStream':
    case 'chat.stopStream':
      return problemsOfBlocks(method, args.blocks ?? [], judging);
    case 'views.open':
    case 'views.update':
    case 'views.publish':
      return problemsOfBlocks(method, args.view, judging);
    case 'assistant.threads.setSuggestedPrompts':
      return (args.prompts as Node[]).flatMap(({ title, message }) => [
        ...judge('a prompt', title, 'plain'),
        ...judge('what a prompt sends', message, 'plain'),
      ]);
    case 'assistant.threads.setStatus':
      return judge('a status', args.status, 'plain');
    case 'agents.sessions.setStatus':
      return judge('a title', args.title, 'plain');
    case 'users.info':
    case 'reactions.add':
    case 'reactions.remove':
    case 'conversations.open':
    case 'conversations.replies':
      return [];
    default:
      throw new Error(`Nobody judges ${method} yet.`);
  }
}

function problemsOfMessage(what: string, message: Node, judging: Judging): readonly string[] {
  const { text, blocks, link_names, parse } = message;
  return [
    ...(String(text ?? '').trim() === '' ? [`${what} without a text`] : []),
    ...(link_names === undefined && parse !== 'full' ? [] : [`${what} names people`]),
    ...judging.judge(`${what} text`, text, 'mrkdwn'),
    ...problemsOfBlocks(what, blocks, judging),
  ];
}

/** What a person wrote or is to send back, and ids of ours: shown to nobody as markup. */
const NOT_SHOWN: ReadonlySet<string> = new Set([
  'action_id',
  'block_id',
  'callback_id',
  'initial_value',
  'private_metadata',
  'type',
  'value',
]);
const ALIVE: ReadonlySet<unknown> = new Set([
  'user',
  'usergroup',
  'broadcast',
  'channel',
  'color',
  'date',
  'emoji',
  'image',
  'video',
]);

function problemsOfBlocks(what: string, value: unknown, judging: Judging): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each) => problemsOfBlocks(what, each, judging));
  if (typeof value !== 'object' || value === null) return [];
  const node = { ...value } as Node;
  const type = String(node.type ?? '');
  const markup = type === 'mrkdwn' || type === 'markdown' ? type : 'plain';
  const own = Object.entries(node).flatMap(([name, each]) => {
    if (typeof each !== 'string' || NOT_SHOWN.has(name))
      return problemsOfBlocks(what, each, judging);
    if (name !== 'url') return judging.judge(`${what} ${type}.${name}`, each, markup);
    return judging.records.has(each) ? [] : [`${what}: a foreign link ${each.slice(0, 60)}`];
  });
  return ALIVE.has(node.type) ? [`${what}: a live ${type}`, ...own] : own;
}

function problemsOfBibtex(content: string): readonly string[] {
  const depth = [...content].reduce(
    (sum, sign) => sum + (sign === '{' ? 1 : sign === '}' ? -1 : 0),
    0,
  );
  return [
    ...(depth === 0 ? [] : ['BibTeX whose braces do not pair']),
    ...(/[<>]/.test(content) ? ['BibTeX with a tag'] : []),
    ...(content.split(/^@misc\{/m).length === 2 ? [] : ['BibTeX of another number of papers']),
    ...(/\\(?:input|include|write|immediate|def|csname|catcode)/.test(content)
      ? ['BibTeX that runs TeX']
      : []),
  ];
}
