import type { PaperId } from '../papers/paper.ts';
import { paperId } from '../papers/paper-id.ts';
import type { DeliveryStore } from './delivery.ts';
import type { DigestItem } from './digest.ts';
import type { SeenPapers } from './seen-papers.ts';
import type { DigestPlace } from './subscription.ts';
import type { DigestFeedback } from './taste.ts';

/** What somebody did under a digest. */
export type DigestReaction =
  | { readonly kind: 'more' | 'less' | 'none'; readonly paperId: PaperId }
  | { readonly kind: 'mute'; readonly topic: string };

export interface ReplyParts {
  readonly deliveries: Pick<DeliveryStore, 'messageOf'>;
  readonly seen: Pick<SeenPapers, 'noteLinks'>;
  readonly feedback: DigestFeedback;
  readonly now: () => Date;
}

/** The conversation around digests, for a room to hand on what people do. */
export interface DigestReplies {
  /**
   * The item that a reply to a message of ours is about: the message's own, or the one whose number
   * or title it names. Undefined for other messages, and where several could be meant.
   */
  itemOf(place: DigestPlace, messageId: string, text?: string): Promise<DigestItem | undefined>;
  /** Keeps what a person wants more or less of there; what it changes comes with the next digest. */
  react(
    place: DigestPlace,
    reaction: DigestReaction,
    author: { readonly id: string },
  ): Promise<string>;
  /** Notes the papers that a message links to: the channel knows them from now on. */
  heard(place: DigestPlace, text: string): Promise<void>;
}

const ARXIV_LINK =
  /\b(?:arxiv\.org\/(?:abs|pdf|html)\/|huggingface\.co\/papers\/|alphaxiv\.org\/abs\/)(\d{4}\.\d{4,5})/gi;
const MOST_LINKS = 50;
const LONGEST_TOPIC = 200;

export function createDigestReplies(parts: ReplyParts): DigestReplies {
  return {
    async itemOf(place, messageId, text = '') {
      const message = await parts.deliveries.messageOf(place, messageId);
      if (message?.digest.kind !== 'papers') return undefined;
      const { items } = message.digest;
      const own = items.find((item) => item.paperId === message.paperId);
      return own ?? namedItem(items, text);
    },
    async react(place, reaction, { id }) {
      const at = parts.now().toISOString();
      if (reaction.kind === 'mute') {
        const topic = reaction.topic.trim().slice(0, LONGEST_TOPIC);
        await parts.feedback.mute(place, topic, at);
        return `I leave “${topic}” out of the digests here. To have it again, say “digest unmute ${topic}”.`;
      }
      const { kind, paperId: paper } = reaction;
      await parts.feedback.vote({ place, paperId: paper, authorId: id, vote: kind, at });
      return SAID[kind];
    },
    async heard(place, text) {
      const links = [...text.matchAll(ARXIV_LINK)].slice(0, MOST_LINKS);
      const ids = links.map(([, arxivId = '']) => paperId({ arxivId, title: '' }));
      await parts.seen.noteLinks(place, [...new Set(ids)], parts.now().toISOString());
    },
  };
}

const SAID = {
  more: 'Noted: more like this here.',
  less: 'Noted: less like this here.',
  none: 'Taken back.',
} as const;

const NUMBER = /(?:^|\s)(?:#|no\.? ?|number |paper |item )?(\d{1,2})(?=[\s.,:;?!)]|$)/i;

/** "3?", "paper 3", or words of one title alone; the only item where there is one. */
function namedItem(items: readonly DigestItem[], text: string): DigestItem | undefined {
  if (items.length === 1) return items[0];
  const number = Number(NUMBER.exec(text)?.[1] ?? Number.NaN);
  const numbered = items.find(({ n }) => n === number);
  if (numbered !== undefined) return numbered;
  const said = text.toLowerCase();
  const titled = items.filter(({ title }) => said.includes(headOf(title)));
  return titled.length === 1 ? titled[0] : undefined;
}

function headOf(title: string): string {
  return (title.split(':')[0] ?? title).trim().toLowerCase();
}

/** A question asked under an item, so that it is about that paper wherever it is read. */
export function questionAbout({ title }: Pick<DigestItem, 'title'>, text: string): string {
  return `About the paper “${title.replace(/[“”]/g, '')}”: ${text.trim()}`;
}
