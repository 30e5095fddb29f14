import { type SlackMessage, TEAM } from './local-slack.ts';

/** Without those of people. */
export function ours(messages: readonly SlackMessage[]): readonly SlackMessage[] {
  return messages.filter(({ user }) => user !== TEAM.ada);
}

export function shown(message: SlackMessage): readonly string[] {
  const kinds = (message.blocks ?? []).map(({ type }) => type).join(', ');
  return [`footnote: ${message.text.slice(0, 300)}`, `          (${kinds})`];
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

export function viewWith(view: object | undefined, text: string): string | undefined {
  const json = JSON.stringify(view ?? {});
  return json.includes(text) ? json : undefined;
}

export function hasText(message: SlackMessage, pattern: RegExp): boolean {
  return pattern.test(JSON.stringify(message));
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
