import { type SlackMessage, TEAM } from './local-slack.ts';

/** Without those of people. */
export function ours(messages: readonly SlackMessage[]): readonly SlackMessage[] {
  return messages.filter(({ user }) => user !== TEAM.ada);
}

type Node = Readonly<Record<string, unknown>>;

const WIDTH = 96;

/** A message as a reader of a transcript sees it: its words, its folded parts and its buttons. */
export function shown({ text, blocks = [] }: SlackMessage): readonly string[] {
  const lines = (blocks.length === 0 ? [text] : blocks.flatMap(blockLines)).flatMap(wrap);
  return lines.map((line, i) => `${i === 0 ? 'footnote: ' : '          '}${line}`);
}

/** The same of a modal or a Home tab. */
export function shownView(name: string, { blocks = [] }: { readonly blocks?: readonly Node[] }) {
  const lines = blocks.flatMap(blockLines).flatMap(wrap);
  return lines.map((line, i) => `${i === 0 ? `${name}: ` : ' '.repeat(name.length + 2)}${line}`);
}

function blockLines(block: Node): readonly string[] {
  switch (block.type) {
    case 'container':
      return [
        `▸ ${textOf(block.title)}`,
        ...linesOf(block.child_blocks).map((line) => `  ${line}`),
      ];
    case 'actions':
      return [
        nodesOf(block.elements)
          .map((each) => `[${textOf(each.text)}]`)
          .join(' '),
      ];
    case 'context_actions':
      return ['[Good answer] [Bad answer]'];
    case 'input':
      return [`${textOf(block.label)}: ${inputText(block.element)}`];
    case 'context':
      return [`(${nodesOf(block.elements).map(textOf).join(' ')})`];
    case 'rich_text':
      return nodesOf(block.elements).flatMap(richLines);
    default:
      return textOf(block.text)
        .split('\n')
        .filter((line) => line !== '');
  }
}

function richLines(element: Node): readonly string[] {
  if (element.type === 'rich_text_list') {
    return nodesOf(element.elements).map((item) => `• ${textOf(item)}`);
  }
  return [element.type === 'rich_text_quote' ? `> ${textOf(element)}` : textOf(element)];
}

function inputText(element: unknown): string {
  const { initial_value, initial_option, initial_options } = element as Node;
  const options = [initial_option, ...nodesOf(initial_options)].filter(
    (each) => each !== undefined,
  );
  return initial_value === undefined ? options.map(textOf).join(', ') : String(initial_value);
}

/** The words in a node: markers lose their links, bold is marked with stars. */
function textOf(node: unknown): string {
  if (typeof node === 'string')
    return node.replace(/\[\[(\d+)\]\([^)]*\)\]/g, '[$1]').replaceAll('\u2060', '');
  const { text, elements, style, url } = (node ?? {}) as Node;
  if (elements !== undefined) return nodesOf(elements).map(textOf).join('');
  const words = textOf(text ?? '');
  const isBold = (style as Node | undefined)?.bold === true && url === undefined;
  return isBold ? `*${words}*` : words;
}

function linesOf(blocks: unknown): readonly string[] {
  return nodesOf(blocks).flatMap(blockLines);
}

function nodesOf(list: unknown): readonly Node[] {
  return (list ?? []) as readonly Node[];
}

function wrap(line: string): readonly string[] {
  const lines: string[] = [];
  for (const word of line.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

export function buttonIn({ blocks = [] }: SlackMessage, action: string): object | undefined {
  const elements = blocks.flatMap(({ elements = [] }) => elements as Record<string, unknown>[]);
  return elements.find(({ action_id }) => action_id === action);
}

export function answerIdOf(message: SlackMessage): string {
  return String((need(buttonIn(message, 'evidence')) as { value?: string }).value);
}

export function option(value: string) {
  return { text: { type: 'plain_text', text: value }, value };
}

export function chosen(value: string) {
  return { type: 'radio_buttons', selected_option: option(value) };
}

/** The view that an event of local-slack's own page shows, where it says that already. */
export function viewWith(event: object | undefined, text: string): ShownView | undefined {
  if (event === undefined || !JSON.stringify(event).replaceAll('\u2060', '').includes(text)) {
    return undefined;
  }
  const { stack, view } = event as { stack?: readonly ShownView[]; view?: ShownView };
  return stack?.at(-1) ?? view;
}

export interface ShownView {
  readonly blocks: readonly Node[];
}

export function hasText(message: SlackMessage, pattern: RegExp): boolean {
  return pattern.test(JSON.stringify(message).replaceAll('\u2060', ''));
}

export function expectText(message: SlackMessage, pattern: RegExp): void {
  if (!hasText(message, pattern)) {
    throw new Error(`It has no ${pattern}: ${JSON.stringify(message).slice(0, 600)}`);
  }
}

export function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('An earlier step has failed.');
  return value;
}
