import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/bot/channel-settings.ts';
import type { CommandResult } from '../../src/bot/commands/command.ts';
import { type Outgoing, toBody } from '../../src/discord/outgoing.ts';
import {
  renderBibtexText,
  renderFinal,
  renderRefusal,
  renderResult,
} from '../../src/discord/render-result.ts';
import { renderAskForm, renderProblem, renderSettings } from '../../src/discord/settings-card.ts';
import type { PaperId } from '../../src/papers/paper.ts';
import { HOSTILE } from '../slack/hostile.ts';
import { hostileTurn } from '../slack/turns.ts';
import { growingOf } from './growing.ts';
import { problemsOfMessage, problemsOfRequest } from './judge.ts';

const id = 'arxiv:2401.00001' as PaperId;
const load = { waiting: 0, working: 0 };

/** Every kind of result, all of its texts being this one. */
function resultsOf(text: string): readonly CommandResult[] {
  const turn = hostileTurn(text);
  const lines = Array.from({ length: 30 }, () => text);
  const found = { paperId: id, title: text, score: 1, url: text, date: text };
  const [paper] = turn.papers;
  const asked = { id: 'q', channelId: 'c', question: text, askedAt: text, isDone: true };
  const settings = { ...DEFAULT_SETTINGS, papers: { sources: [text] } };
  const sections = [{ title: text, lines }];
  return [
    { kind: 'text', text },
    { kind: 'refused', text },
    { kind: 'papers', heading: text, papers: Array.from({ length: 12 }, () => found) },
    ...(paper === undefined ? [] : [{ kind: 'paper' as const, paper }]),
    { kind: 'answer', turn, isPrivate: true },
    { kind: 'status', papers: 1, embedded: 1, load, settings, sections, lines },
    { kind: 'settings', scope: 'channel', settings, lines, sources: lines, mayChange: true },
    { kind: 'file', name: 'papers.bib', content: text, text, isPrivate: false },
    { kind: 'recent', questions: Array.from({ length: 12 }, () => asked) },
  ];
}

function problemsOf(messages: readonly Outgoing[]): readonly string[] {
  return messages.flatMap((message) => problemsOfMessage(toBody(message)));
}

describe('what comes of commands', () => {
  it.each([...HOSTILE, ['something long', 'word '.repeat(3_000)] as const])(
    'keeps the limits and is dead with %s',
    (_, text) => {
      for (const result of resultsOf(text)) {
        expect(problemsOf(renderResult(result))).toEqual([]);
        if (result.kind === 'file') expect(problemsOfFenced(renderBibtexText(result))).toEqual([]);
        if (result.kind !== 'settings') continue;
        const card = renderSettings(withDistinctSources(result));
        expect(problemsOf([card, renderProblem(text, card)])).toEqual([]);
      }
      expect(problemsOf([renderRefusal(text), growingOf(text)])).toEqual([]);
      expect(problemsOf(renderFinal({ kind: 'stopped', text }, {}))).toEqual([]);
      const body = renderAskForm(text);
      const form = {
        method: 'POST',
        path: '/interactions/1/t/callback',
        body: { ...body },
        files: [],
      };
      expect(problemsOfRequest(form)).toEqual([]);
    },
  );

  it('lists papers with their links and dates', () => {
    const url = 'https://arxiv.org/abs/2401.00001';
    const papers = [{ paperId: id, title: 'A [B] C', score: 1, url, date: '2024-01-01' }];
    const [card] = renderResult({ kind: 'papers', heading: 'Found', papers });
    expect(JSON.stringify(card)).toContain(
      `1. **[A \\\\[B\\\\] C](<${url}>)** · arxiv.org · 2024-01-01`,
    );
  });

  it('sends a file beside the card that shows it', () => {
    const text = { content: '@misc{a}', text: 'One.', isPrivate: false };
    const file = { kind: 'file', name: 'papers.bib', ...text } as const;
    const [message] = renderResult(file);
    expect(message?.files).toEqual([{ name: 'papers.bib', content: '@misc{a}' }]);
    expect(JSON.stringify(message?.components)).toContain('attachment://papers.bib');
  });

  it('writes BibTeX as text in whole entries, each message with a fence of its own', () => {
    const entry = `@misc{key,\n  title = {{${'word '.repeat(200)}\`\`\`}},\n}\n`;
    const content = Array.from({ length: 6 }, () => entry).join('\n');
    const messages = renderBibtexText({
      kind: 'file',
      name: 'p.bib',
      content,
      text: '',
      isPrivate: false,
    });
    expect(messages.length).toBeGreaterThan(1);
    for (const message of messages) {
      const said = JSON.stringify(message);
      expect(said.match(/```/g)).toHaveLength(2);
      expect(said.match(/@misc/g)?.length).toBe(said.match(/\\n}/g)?.length);
    }
  });
});

describe('the settings card', () => {
  const inForce = {
    scope: 'channel',
    settings: DEFAULT_SETTINGS,
    lines: ['I answer when I am mentioned.'],
    sources: ['a.txt', 'b.txt'],
  } as const;

  it('has lists for those who may change them, with what is set', () => {
    const said = JSON.stringify(renderSettings({ ...inForce, mayChange: true }));
    expect(said).toContain('"custom_id":"setting:answerMode.channel"');
    expect(said).toContain('{"label":"When I am mentioned","value":"mentions","default":true}');
    expect(said).toContain('{"label":"a.txt","value":"a.txt","default":false}');
    expect(said).toContain('"custom_id":"years:channel"');
  });

  it('has none for others', () => {
    expect(JSON.stringify(renderSettings({ ...inForce, mayChange: false }))).not.toContain(
      'custom_id',
    );
  });
});

/** Pages have different names. */
function withDistinctSources(result: CommandResult & { kind: 'settings' }) {
  return { ...result, sources: [...new Set(result.sources)] };
}

/** Within a fence nothing is read but the fence itself. */
function problemsOfFenced(messages: readonly Outgoing[]): readonly string[] {
  return problemsOf(
    messages.map((message) =>
      JSON.parse(JSON.stringify(message).replace(/```bibtex[^`]*```/g, 'fenced')),
    ),
  );
}
