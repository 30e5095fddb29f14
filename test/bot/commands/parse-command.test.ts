import { describe, expect, it } from 'vitest';
import { commandInMessage, parseCommand } from '../../../src/bot/commands/parse-command.ts';
import { makeMessage } from '../make-message.ts';

describe('the words after a slash command', () => {
  it.each([
    ['help', { kind: 'help' }],
    ['  Status. ', { kind: 'status' }],
    ['search sparse  attention', { kind: 'search', words: 'sparse  attention' }],
    ['find for routing', { kind: 'search', words: 'routing' }],
    ['similar to 2106.09685', { kind: 'similar', paper: '2106.09685' }],
    ['show 2', { kind: 'show', paper: '2' }],
    ['export BibTeX', { kind: 'export' }],
    ['my questions', { kind: 'recent' }],
    ['forget my questions', { kind: 'forget' }],
    ['compare LoRA with QLoRA', { kind: 'question', text: 'Compare LoRA with QLoRA' }],
    ['compare LoRA vs. DoRA', { kind: 'question', text: 'Compare LoRA with DoRA' }],
    ['digest', { kind: 'digest', command: { kind: 'help' } }],
    ['digest pause 2', { kind: 'digest', command: { kind: 'pause', number: 2 } }],
    ['digest agents', { kind: 'digest', command: { kind: 'create', sentence: 'agents' } }],
    ['compare LoRA', undefined],
    ['search', undefined],
    ['constructor', undefined],
    ['make me a sandwich', undefined],
    ['', undefined],
  ])('%j', (text, command) => expect(parseCommand(text)).toEqual(command));
});

describe('a message', () => {
  it('is a command when it is nothing else', () => {
    expect(commandInMessage(makeMessage({ text: 'Help!' }))).toEqual({ kind: 'help' });
    expect(commandInMessage(makeMessage({ text: 'help me choose a router' }))).toBeUndefined();
    expect(commandInMessage(makeMessage({ text: 'search is slow, why?' }))).toBeUndefined();
  });

  it('sets up no digest by asking for one in passing, but lists and changes them', () => {
    expect(commandInMessage(makeMessage({ text: 'digest of the new papers?' }))).toBeUndefined();
    const list = { kind: 'digest', command: { kind: 'list' } };
    expect(commandInMessage(makeMessage({ text: 'digest list' }))).toEqual(list);
  });

  it('that only mentions the bot asks for help', () => {
    expect(commandInMessage(makeMessage({ text: '' }))).toEqual({ kind: 'help' });
  });

  it('asked by a slash command is a question, whatever it says', () => {
    expect(commandInMessage(makeMessage({ kind: 'command', text: 'status' }))).toBeUndefined();
  });
});
