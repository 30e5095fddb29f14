import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/bot/channel-settings.ts';
import type { PaperId } from '../../src/papers/paper.ts';
import { renderHome } from '../../src/slack/home-view.ts';
import { renderFinal, renderResult } from '../../src/slack/render-result.ts';
import {
  renderAskForm,
  renderNotice,
  renderSettingsForm,
  renderWaiting,
} from '../../src/slack/views.ts';
import { linksIn, problemsOfMessage, problemsOfView } from './check-blocks.ts';
import { HOSTILE } from './hostile.ts';
import { resultsWith } from './results.ts';

const at = '2026-01-01T00:00:00.000Z';

function problemsWith(text: string, count?: number): readonly string[] {
  return resultsWith(text, count).flatMap((result) => problemsOfMessage(renderResult(result)));
}

describe('the result of a command', () => {
  it.each(HOSTILE)('is text, whatever is in it: %s', (_, text) => {
    expect(problemsWith(text)).toEqual([]);
  });

  it('keeps the limits of Slack when there is much of it', () => {
    expect(problemsWith(`${'word '.repeat(80)}`, 12)).toEqual([]);
    expect(problemsWith('x', 500)).toEqual([]);
  });

  it('links found papers to their records', () => {
    const found = { paperId: 'p' as PaperId, title: 'T', url: 'https://arxiv.org/abs/1', score: 1 };
    const { blocks } = renderResult({ kind: 'papers', heading: 'Found', papers: [found] });
    expect(linksIn(blocks)).toEqual(['https://arxiv.org/abs/1']);
  });

  it('offers to change the settings to those who may', () => {
    const of = (mayChange: boolean) =>
      renderResult({
        kind: 'settings',
        scope: 'channel',
        settings: DEFAULT_SETTINGS,
        lines: ['I answer when I am mentioned.'],
        sources: [],
        mayChange,
      });
    expect(JSON.stringify(of(true))).toContain('Change settings');
    expect(JSON.stringify(of(false))).not.toContain('Change settings');
  });
});

describe('the end of a reply', () => {
  it.each(['refused', 'stopped'] as const)('that is %s is short', (kind) => {
    const message = renderFinal({ kind, text: 'Stopped, as you asked.' }, { isPrivate: false });
    expect(problemsOfMessage(message)).toEqual([]);
    expect(message.blocks).toHaveLength(1);
  });
});

describe('a view', () => {
  it.each(HOSTILE)('keeps the limits of Slack with any text: %s', (_, text) => {
    const papers = { sources: [text], fromYear: 2020 };
    const settings = { ...DEFAULT_SETTINGS, followUps: true, papers };
    const inForce = { scope: 'channel' as const, settings, lines: [text], mayChange: true };
    const question = { id: 'q', channelId: 'C', question: text, askedAt: at, isDone: true };
    const views = [
      renderHome({
        sections: [{ title: text, lines: [text] }],
        questions: [question],
        suggestions: [text],
        digests: [],
        mayChange: true,
      }),
      renderWaiting(text),
      renderNotice(text, text),
      renderAskForm(text, '{}'),
      renderSettingsForm({ ...inForce, sources: [text, 'a.md'] }, '{}'),
    ];
    for (const view of views) expect(problemsOfView(view)).toEqual([]);
  });

  it('offers pages to choose from, a hundred at most', () => {
    const sources = Array.from({ length: 150 }, (_, i) => `page-${i}.md`);
    const settings = { ...DEFAULT_SETTINGS, papers: { sources: ['page-3.md'] } };
    const view = renderSettingsForm(
      { scope: 'workspace', settings, lines: [], mayChange: true, sources },
      '{}',
    );
    expect(problemsOfView(view)).toEqual([]);
    const text = JSON.stringify(view);
    expect(text).toContain('"initial_options":[{"text":{"type":"plain_text","text":"page-3');
  });
});
