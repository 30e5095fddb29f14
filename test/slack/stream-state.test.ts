import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/bot/channel-settings.ts';
import { noteStreams, withStreams } from '../../src/slack/stream-state.ts';

const status = {
  kind: 'status' as const,
  papers: 1,
  embedded: 1,
  load: { waiting: 0, working: 0 },
  settings: DEFAULT_SETTINGS,
  sections: [
    { title: 'Library', lines: ['one'] },
    { title: 'Health', lines: ['two'] },
  ],
  lines: ['one', 'two'],
};

it.each([
  [false, 'is streamed here'],
  [true, 'does not let me stream'],
])('a status tells whether streams are off: %s', (isOff, words) => {
  const final = withStreams({ kind: 'result', result: status }, { isOff });
  const [library, health] =
    final.kind === 'result' && 'sections' in final.result ? final.result.sections : [];
  expect(library?.lines).toEqual(['one']);
  expect(health?.lines[1]).toContain(words);
});

it('other results stay as they are', () => {
  const text = { kind: 'text', text: 'x' } as const;
  expect(noteStreams(text, { isOff: true })).toBe(text);
  expect(noteStreams(status, undefined)).toBe(status);
});
