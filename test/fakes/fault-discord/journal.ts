import { embedText, withNested } from './message-totals.ts';
import { FLAG, type StoredMessage } from './model.ts';
import type { World } from './world.ts';

/** Something that a person put to the app. */
export interface Asked {
  readonly id: string;
  readonly kind: 'interaction' | 'message';
  readonly text: string;
  readonly channelId: string;
  readonly personId: string;
  readonly at: number;
  /** Clients that it was sent to at once. */
  readonly reached: number;
  acknowledgedAt?: number;
}

export interface Tally {
  /** Nothing stands where somebody waits for an answer. */
  readonly lost: readonly Asked[];
  /** More than one end stands, or two messages that begin alike. */
  readonly doubled: readonly Asked[];
  /** Interactions of which the asker was told that the app did not respond. */
  readonly didNotRespond: readonly Asked[];
}

const BUTTON = 2;

/** Told the app did not respond, a person asks again or goes away. */
export const RESPOND_MS = 3_000;

/** When what people asked was delivered and acknowledged, and what became of it. */
export class Journal {
  readonly asked: Asked[] = [];
  readonly #world: World;
  readonly #byId = new Map<string, Asked>();

  constructor(world: World) {
    this.#world = world;
  }

  delivered(asked: Omit<Asked, 'at'>): void {
    const entry: Asked = { ...asked, at: performance.now() };
    this.asked.push(entry);
    this.#byId.set(entry.id, entry);
  }

  acknowledged(id: string): void {
    const entry = this.#byId.get(id);
    if (entry !== undefined) entry.acknowledgedAt ??= performance.now();
  }

  /** How long each interaction waited, in milliseconds; those that wait still are left out. */
  waits(asked: readonly Asked[] = this.asked): readonly number[] {
    return asked.flatMap(({ at, acknowledgedAt }) =>
      acknowledgedAt === undefined ? [] : [acknowledgedAt - at],
    );
  }

  /** What the messages of the app that stand now say of each question. */
  tally(isEnd: (message: StoredMessage) => boolean): Tally {
    const ends = this.asked.map((asked) => {
      const standing = this.standingFor(asked);
      const count = standing.filter(isEnd).length;
      return { asked, count, isDoubled: count > 1 || beginAlike(standing) };
    });
    const isSilent = ({ kind, acknowledgedAt, at }: Asked) =>
      kind === 'interaction' && (acknowledgedAt ?? Number.POSITIVE_INFINITY) - at > RESPOND_MS;
    return {
      lost: ends.flatMap(({ asked, count }) => (count === 0 && !isSilent(asked) ? [asked] : [])),
      doubled: ends.flatMap(({ asked, isDoubled }) => (isDoubled ? [asked] : [])),
      didNotRespond: this.asked.filter(isSilent),
    };
  }

  /** The messages that answer a question, wherever they stand. */
  standingFor(asked: Asked): readonly StoredMessage[] {
    return [...this.#world.messages.values()].filter(
      (message) => message.author.isBot && !message.isDeleted && this.#isTo(message, asked),
    );
  }

  /**
   * An answer to an interaction, a reply, the first in the thread of the question, or a message of
   * its own that repeats the question, there or to the asker alone.
   */
  #isTo(message: StoredMessage, asked: Asked): boolean {
    const { interactionId, replyTo, channelId } = message;
    if (interactionId === asked.id || replyTo === asked.id) return true;
    if (interactionId !== undefined || replyTo !== undefined) return false;
    if (channelId === asked.id) return true;
    const isNear =
      channelId === asked.channelId ||
      this.#world.channels.get(channelId)?.withId === asked.personId;
    return isNear && asked.text !== '' && plain(textOf(message)).includes(plain(asked.text));
  }
}

/** The parts of a long answer do not; the same part sent again, or half of one beside it, does. */
function beginAlike(messages: readonly StoredMessage[]): boolean {
  const begins = messages.filter((m) => !isThinking(m)).map((m) => plain(textOf(m)).slice(0, 80));
  return new Set(begins).size < begins.length;
}

/** Only its words: a text that is shown again may be escaped. */
function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** All that people read in a message. */
export function textOf({
  content,
  embeds,
  components,
}: Pick<StoredMessage, 'content' | 'embeds' | 'components'>): string {
  const shown = components.flatMap(withNested).flatMap(({ content: text, label }) => [text, label]);
  const texts = [content, ...embeds.flatMap(embedText), ...shown];
  return texts.filter((text) => typeof text === 'string' && text !== '').join('\n');
}

/** The last message of an answer has buttons; one that still grows has none. */
export function hasButtons({ components }: StoredMessage): boolean {
  return components.flatMap(withNested).some(({ type }) => type === BUTTON);
}

export function isThinking({ flags }: StoredMessage): boolean {
  return (flags & FLAG.loading) !== 0;
}
