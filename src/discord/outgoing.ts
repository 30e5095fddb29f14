import { createHash } from 'node:crypto';
import {
  type APIMessageTopLevelComponent,
  ComponentType,
  MessageFlags,
  type RawFile,
} from 'discord.js';

/** A message of ours: always made of components, never of text that could mention or unfurl. */
export interface Outgoing {
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly files?: readonly TextFile[];
}

/** A text file beside a message; a `File` component of the message shows it by its name. */
interface TextFile {
  readonly name: string;
  readonly content: string;
}

interface BodyOptions {
  readonly isEphemeral?: boolean;
}

/** The words of a message without cards, buttons and files. */
export function plainer({ components }: Outgoing): Outgoing {
  const texts = components
    .flatMap((each) => (each.type === ComponentType.Container ? each.components : [each]))
    .flatMap((each) => (each.type === ComponentType.TextDisplay ? each.content : []));
  const [first] = components;
  const content = texts.join('\n') || '–';
  const id = first?.id === undefined ? {} : { id: first.id };
  return { components: [{ type: ComponentType.TextDisplay, content, ...id }] };
}

/** The body of a send or an edit. Edits forget whom a message may mention: it is said each time. */
export function toBody({ components }: Outgoing, { isEphemeral = false }: BodyOptions = {}) {
  return {
    components: [...components],
    flags: MessageFlags.IsComponentsV2 | (isEphemeral ? MessageFlags.Ephemeral : 0),
    allowed_mentions: { parse: [], replied_user: false },
  };
}

/** Its files, as they go up. */
export function toFiles({ files = [] }: Outgoing): RawFile[] {
  return files.map(({ name, content }) => ({
    name,
    data: Buffer.from(content),
    contentType: 'text/plain; charset=utf-8',
  }));
}

/**
 * The message with a number that finds it again: ids of components are kept by Discord and shown to
 * nobody. The number is of the delivery and the part alone.
 */
export function withMark(message: Outgoing, key: string): Outgoing {
  const [first, ...rest] = message.components;
  return first === undefined
    ? message
    : { ...message, components: [{ ...first, id: markOf(key) }, ...rest] };
}

/** A positive 32-bit number; small ones are Discord's own. */
export function markOf(key: string): number {
  return 2 ** 30 + (hash(key).readUInt32BE(0) % 2 ** 30);
}

/** By which Discord knows for a few minutes that it has a message; it takes 25 characters. */
export function nonceOf(key: string): string {
  return hash(key).toString('base64url').slice(0, 22);
}

function hash(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
