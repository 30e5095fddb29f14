import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedRoom, openRoom } from './fault-room.ts';
import { SERVER, startTwin, type Twin } from './twin.ts';

const { papers, ada, bot, token } = SERVER;
const patience = { timeout: 4_000 };

describe('the room on a Discord of its own', () => {
  let twin: Twin;
  let room: OpenedRoom;

  beforeAll(async () => {
    twin = await startTwin();
    room = await openRoom({ apiUrl: twin.apiUrl, token }, { messageContent: true });
  });
  afterAll(async () => {
    await room.close();
    await twin.close();
  });

  it('answers /ask with a card that has its sources and buttons', async () => {
    const channel = twin.discord.channel(papers);
    const options = [{ name: 'question', type: 3, value: 'What does LoRA do?' }];
    await channel.user(ada).runSlashCommand({ name: 'ask', options });
    const card = JSON.stringify((await channel.waitForBotReply(patience)).components);
    expect(card).toContain('Asked: What does LoRA do?');
    expect(card).toContain('[1](<https://arxiv.org/abs/2401.00001>)');
    expect(card).toContain('Show evidence');
    expect(twin.problems).toEqual([]);
  });

  it('answers a mention in a thread on it, and follow-ups there without one', async () => {
    const channel = twin.discord.channel(papers);
    await channel.user(ada).sendMessage({ content: `<@${bot}> What does it cost?` });
    const { id } = await channel.waitForThread(patience);
    const thread = twin.discord.thread(id);
    await thread.waitForBotReply(patience);
    await thread.user(ada).sendMessage({ content: 'And how fast is it?' });
    await thread.waitForMessage({
      ...patience,
      predicate: ({ message_reference }) => message_reference !== undefined,
    });
    const [first, second] = room.answerer.asked.slice(-2);
    expect(first?.question).toBe('What does it cost?');
    expect(second).toMatchObject({ question: 'And how fast is it?', history: [first?.question] });
    expect(twin.problems).toEqual([]);
  });
});
