import { describe, expect, it } from 'vitest';
import { readText } from '../../src/discord/message-text.ts';

const BOT = '100000000000000005';

describe('message text', () => {
  it.each([
    [`<@${BOT}> What is LoRA?`, 'What is LoRA?'],
    [`What is <@!${BOT}> LoRA?`, 'What is LoRA?'],
    ['Ask <@100000000000000006> in <#100000000000000007>', 'Ask @someone in #channel'],
    ['<@&100000000000000008> look', '@role look'],
    ['</papers search:100000000000000009> <:ok:100000000000000010>', '/papers search :ok:'],
    ['see <https://arxiv.org/abs/2401.00001>', 'see https://arxiv.org/abs/2401.00001'],
    ['two\nlines   here', 'two\nlines here'],
  ])('%j is read as %j', (written, text) => {
    expect(readText(written, BOT).text).toBe(text);
  });

  it('tells to whom it is', () => {
    expect(readText(`<@${BOT}> hi`, BOT)).toMatchObject({ isToBot: true, isToOthers: false });
    expect(readText('<@1> hi', BOT)).toMatchObject({ isToBot: false, isToOthers: true });
    expect(readText(`<@1> <@${BOT}> hi`, BOT)).toMatchObject({ isToBot: true, isToOthers: false });
    expect(readText('hi', BOT)).toMatchObject({ isToBot: false, isToOthers: false });
  });
});
