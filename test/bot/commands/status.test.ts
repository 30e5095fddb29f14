import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Command } from '../../../src/bot/commands/command.ts';
import { makeMessage } from '../make-message.ts';
import { type OpenedBot, openBot } from '../open-bot.ts';

let opened: OpenedBot;
beforeEach(async () => {
  opened = await openBot();
});
afterEach(() => opened.close());

const run = (command: Command, changes: { readonly isAdmin?: boolean } = {}) =>
  opened.bot.run({ ...makeMessage(), command, isAdmin: false, isPrivate: false, ...changes });

it('status tells the last errors by their references, and whose settings hold', async () => {
  const { answerer, bot } = opened;
  answerer.failOn('What breaks?', new Error('secret path'));
  await bot.receive(makeMessage({ text: 'What breaks?' }));
  await opened.ended(1);
  await run({ kind: 'change-settings', change: { followUps: false } }, { isAdmin: true });
  const result = await run({ kind: 'status' });
  const { reference } = opened.logged.find(({ event }) => event === 'bot.failed')?.fields ?? {};
  const lines = result.kind === 'status' ? result.lines : [];
  expect(lines.join(' ')).toContain(`by their reference in the log: ${reference} (`);
  expect(lines.join(' ')).not.toContain('secret');
  expect(lines.at(-1)).toBe('These settings were made for this channel.');
});

it('status and help count no papers where none are read yet', async () => {
  const [status, help] = [await run({ kind: 'status' }), await run({ kind: 'help' })];
  expect(status.kind === 'status' && status.lines[0]).toMatch(/no abstracts yet: they are being/);
  expect(help.kind === 'text' && help.text).toContain('I answer from paper abstracts, every');
});

it.each([
  ['frobnicate', 'I know no command “frobnicate”.'],
  ['search', 'Write what to search for'],
  ['Compare LoRA', 'Write both papers'],
  ['show', 'Write which paper: show'],
])('help says what was wrong with “%s”', async (instead, sentence) => {
  const result = await run({ kind: 'help', instead });
  expect(result.kind === 'text' && result.text.split('\n')[0]).toContain(sentence);
});
