import type { types } from '@slack/bolt';
import { cleanLine, clip } from '../answer/show/clean-text.ts';
import { escapePlain } from './escape.ts';

/** A block of Slack's Block Kit. */
export type Block = types.KnownBlock;

/** A message: its blocks, and the text of notifications and screen readers, escaped as mrkdwn. */
export interface Rendered {
  readonly text: string;
  readonly blocks: readonly Block[];
}

/** Limits of Slack that we come near, in characters where nothing else is said. */
export const LIMITS = {
  messageBlocks: 50,
  /** Of all blocks of one message together, whatever each may hold. */
  message: 13_200,
  text: 3_900,
  markdown: 12_000,
  section: 3_000,
  header: 150,
  alert: 200,
  label: 75,
  value: 2_000,
  title: 24,
  option: 75,
  containerTitle: 150,
  containerChildren: 10,
} as const;

/** Foreign text or ours as it is: no markup is read. A text without signs is not taken by Slack. */
export function plain(text: string, most: number): types.PlainTextElement {
  return {
    type: 'plain_text',
    text: clip(escapePlain(cleanLine(text)), most) || '–',
    emoji: false,
  };
}

/** Small grey text. */
export function note(text: string): Block {
  return { type: 'context', elements: [plain(text, 2_000)] };
}

/** Why there is no answer; what is too long for an alert follows below it. */
export function alert(text: string, level: 'info' | 'warning' = 'info'): readonly Block[] {
  const line = cleanLine(text);
  if (line.length <= LIMITS.alert) {
    return [{ type: 'alert', level, text: plain(line, LIMITS.alert) }];
  }
  const end = line.lastIndexOf('. ', LIMITS.alert - 1);
  const at = end < 1 ? line.lastIndexOf(' ', LIMITS.alert - 1) : end + 1;
  const head = at < 1 ? LIMITS.alert : at;
  return [
    { type: 'alert', level, text: plain(line.slice(0, head), LIMITS.alert) },
    { type: 'section', text: plain(line.slice(head), LIMITS.section) },
  ];
}

/** A button; its value comes back when it is pressed. */
export function button(label: string, action: string, value: string): types.Button {
  return {
    type: 'button',
    action_id: action,
    text: plain(label, LIMITS.label),
    ...(value !== '' && { value: value.slice(0, LIMITS.value) }),
  };
}
