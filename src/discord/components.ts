import {
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { plainText } from './escape.ts';
import type { Outgoing } from './outgoing.ts';

/** Limits of Discord that we come near, in characters where nothing else is said. */
export const LIMITS = {
  /** Of all texts of one message together. */
  text: 4_000,
  buttonsInRow: 5,
  label: 80,
  customId: 100,
  option: 100,
  options: 25,
  threadName: 100,
} as const;

const ACCENT = { calm: 0x3b82a0, warning: 0xb45309 } as const;

type Part = APIComponentInContainer;

/** Markdown that is safe already; what is empty is left out by `card`. */
export function text(content: string): Part {
  return { type: ComponentType.TextDisplay, content };
}

/** Small grey text, escaped already. */
export function note(content: string): Part {
  return text(content === '' ? '' : `-# ${content}`);
}

/** A thin line. */
export function divider(): Part {
  return { type: ComponentType.Separator, divider: true };
}

/** Up to five buttons beside each other. */
export function buttonRow(buttons: readonly APIButtonComponentWithCustomId[]): readonly Part[] {
  if (buttons.length === 0) return [];
  const components = buttons.slice(0, LIMITS.buttonsInRow);
  return [{ type: ComponentType.ActionRow, components }];
}

/** A button; what comes back when it is pressed is its id alone. */
export function button(label: string, customId: string): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: plainText(label, LIMITS.label),
    custom_id: customId,
  };
}

/** A message that is one card. */
export function card(
  parts: readonly Part[],
  { isWarning = false }: { readonly isWarning?: boolean } = {},
): Outgoing {
  const filled = parts.filter((part) => !('content' in part) || part.content.trim() !== '');
  const shown = filled.length === 0 ? [text('–')] : filled;
  const accent_color = isWarning ? ACCENT.warning : ACCENT.calm;
  return { components: [{ type: ComponentType.Container, accent_color, components: shown }] };
}

/** A message of bare text, escaped already. */
export function plainMessage(content: string): Outgoing {
  const shown: APIMessageTopLevelComponent = {
    type: ComponentType.TextDisplay,
    content: content.trim() === '' ? '–' : content,
  };
  return { components: [shown] };
}
