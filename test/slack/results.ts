import { DEFAULT_SETTINGS } from '../../src/bot/channel-settings.ts';
import type { CommandResult } from '../../src/bot/commands/command.ts';
import type { PaperId } from '../../src/papers/paper.ts';
import { makeTurn } from '../store/make-turn.ts';
import { hostileDigests, hostileSubscriptions } from './hostile-digests.ts';
import { hostileTurn } from './turns.ts';

const [paper] = makeTurn({ answerId: 'a1' }).papers;
const at = '2026-01-01T00:00:00.000Z';

/** Every kind of result, with one text wherever somebody else's may stand. */
export function resultsWith(text: string, count = 2): readonly CommandResult[] {
  const many = <T>(each: T): readonly T[] => Array.from({ length: count }, () => each);
  const found = { paperId: 'p' as PaperId, title: text, url: text, score: 1, date: text };
  const settings = { ...DEFAULT_SETTINGS, papers: { sources: [text] } };
  if (paper === undefined) throw new Error('no paper');
  return [
    { kind: 'text', text },
    { kind: 'refused', text },
    { kind: 'papers', heading: text, papers: many(found) },
    { kind: 'paper', paper: { ...paper, title: text, abstract: text, url: text, authors: [text] } },
    {
      kind: 'status',
      papers: 1,
      embedded: 1,
      load: { waiting: 0, working: 0 },
      settings,
      sections: many({ title: text, lines: many(text) }),
      lines: many(text),
    },
    {
      kind: 'settings',
      scope: 'channel',
      settings,
      lines: many(text),
      sources: many(text),
      mayChange: true,
    },
    { kind: 'file', name: 'x.bib', content: text, text, isPrivate: false },
    {
      kind: 'recent',
      questions: many({ id: 'q', channelId: 'C', question: text, askedAt: at, isDone: true }),
    },
    { kind: 'digests', text, subscriptions: hostileSubscriptions(text) },
    ...hostileDigests(text, hostileTurn(text)).map(
      (digest) => ({ kind: 'digest', text, digest }) as const,
    ),
  ];
}
