import { describe, expect, it } from 'vitest';
import { type ChannelSettings, DEFAULT_SETTINGS } from '../../src/bot/channel-settings.ts';
import { decide, decideAtOnce } from '../../src/bot/decide.ts';
import type { MessageKind } from '../../src/bot/message.ts';
import { isQuestionLike } from '../../src/bot/question-like.ts';
import { makeMessage } from './make-message.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const QUESTION = 'What does LoRA train?';
const TALK = 'Lunch is at noon.';

interface Row {
  readonly kind: MessageKind;
  readonly text?: string;
  readonly settings?: Partial<ChannelSettings>;
  readonly engaged?: boolean;
  readonly threadMuted?: boolean;
  readonly toOthers?: boolean;
  readonly underOurs?: boolean;
  readonly becomes: string;
}

const EVERYTHING = { answerMode: 'everything' } as const;
const QUESTIONS = { answerMode: 'questions' } as const;
const MUTED = { isMuted: true } as const;
const NO_FOLLOW_UPS = { followUps: false } as const;

const ROWS: readonly Row[] = [
  { kind: 'mention', becomes: 'for-us' },
  { kind: 'mention', text: TALK, becomes: 'for-us' },
  { kind: 'mention', toOthers: true, becomes: 'for-us' },
  { kind: 'mention', threadMuted: true, becomes: 'for-us' },
  { kind: 'mention', settings: MUTED, becomes: 'muted' },
  { kind: 'direct', text: TALK, becomes: 'for-us' },
  { kind: 'direct', settings: MUTED, becomes: 'for-us' },
  { kind: 'command', becomes: 'for-us' },
  { kind: 'command', settings: MUTED, becomes: 'for-us' },
  { kind: 'channel-message', becomes: 'not-addressed' },
  { kind: 'channel-message', settings: QUESTIONS, becomes: 'for-us' },
  { kind: 'channel-message', settings: QUESTIONS, text: TALK, becomes: 'not-addressed' },
  { kind: 'channel-message', settings: QUESTIONS, toOthers: true, becomes: 'to-others' },
  { kind: 'channel-message', settings: EVERYTHING, text: TALK, becomes: 'for-us' },
  { kind: 'channel-message', settings: EVERYTHING, toOthers: true, becomes: 'to-others' },
  { kind: 'channel-message', settings: { ...EVERYTHING, ...MUTED }, becomes: 'muted' },
  { kind: 'thread-reply', becomes: 'not-addressed' },
  { kind: 'thread-reply', settings: QUESTIONS, becomes: 'not-addressed' },
  { kind: 'thread-reply', settings: EVERYTHING, text: TALK, becomes: 'for-us' },
  { kind: 'thread-reply', engaged: true, becomes: 'for-us' },
  { kind: 'thread-reply', engaged: true, text: TALK, becomes: 'not-addressed' },
  { kind: 'thread-reply', engaged: true, toOthers: true, becomes: 'to-others' },
  { kind: 'thread-reply', engaged: true, settings: NO_FOLLOW_UPS, becomes: 'not-addressed' },
  { kind: 'thread-reply', engaged: true, threadMuted: true, becomes: 'muted' },
  { kind: 'thread-reply', engaged: true, settings: MUTED, becomes: 'muted' },
  { kind: 'thread-reply', underOurs: true, text: 'About “X”: explain it', becomes: 'for-us' },
  { kind: 'thread-reply', underOurs: true, toOthers: true, becomes: 'to-others' },
  { kind: 'thread-reply', underOurs: true, settings: NO_FOLLOW_UPS, becomes: 'not-addressed' },
  { kind: 'thread-reply', underOurs: true, threadMuted: true, becomes: 'muted' },
];

describe('whether a message is for us', () => {
  it.each(ROWS.map((row) => [JSON.stringify(row), row] as const))('%s', (_, row) => {
    const { kind, text = QUESTION, settings = {}, toOthers = false, underOurs = false } = row;
    const message = makeMessage({ kind, text, isToOthers: toOthers, isUnderOurs: underOurs });
    const decision = decide(message, {
      settings: { ...DEFAULT_SETTINGS, ...settings },
      isEngaged: row.engaged ?? false,
      isThreadMuted: row.threadMuted ?? false,
    });
    expect(decision.kind === 'ignored' ? decision.because : decision.kind).toBe(row.becomes);
  });

  it.each([
    ['our own message', { author: { isSelf: true } }, 'self'],
    [
      'our own message, as a bot on the list',
      { author: { id: 'B1', isBot: true, isSelf: true } },
      'self',
    ],
    ['another bot', { author: { id: 'B2', isBot: true } }, 'bot'],
    [
      'another bot that mentions us directly',
      { kind: 'direct', author: { id: 'B2', isBot: true } },
      'bot',
    ],
    ['a bot on the list', { author: { id: 'B1', isBot: true } }, undefined],
    ['nothing but blanks in a channel', { kind: 'channel-message', text: ' \n' }, 'empty'],
    ['nothing but blanks as a command', { kind: 'command', text: '' }, 'empty'],
    ['a message of yesterday', { at: '2026-02-28T12:00:00.000Z' }, 'too-old'],
    ['a message of this morning', { at: '2026-03-01T08:00:00.000Z' }, undefined],
    ['nothing but a mention', { kind: 'mention', text: ' ' }, undefined],
    ['nothing at all in a direct message', { kind: 'direct', text: '' }, undefined],
  ] as const)('is told at once of %s', (_, fields, because) => {
    const decision = decideAtOnce(makeMessage(fields), { allowedBots: ['B1'], now: NOW });
    expect(decision?.kind === 'ignored' ? decision.because : undefined).toBe(because);
  });
});

describe('a text that asks', () => {
  it.each([
    'What does LoRA train?',
    'what about vision models',
    'and for BERT?',
    'ok, how does it scale',
    'Compare it with QLoRA',
    'please list papers about routing',
    'tell me more',
    'is that true',
    'これは何ですか？',
  ])('is %j', (text) => expect(isQuestionLike(text)).toBe(true));

  it.each([
    'thanks!',
    'Great, that helps.',
    'I will read it tomorrow',
    'lol',
    'Bob wrote that one',
  ])('is not %j', (text) => expect(isQuestionLike(text)).toBe(false));
});
