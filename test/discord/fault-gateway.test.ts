import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../bot/open-bot.ts';
import { FaultDiscord } from '../fakes/fault-discord/fault-discord.ts';
import type { Channel, Person } from '../fakes/fault-discord/model.ts';
import { type BareClient, openBareClient } from './fault-client.ts';

let discord: FaultDiscord;
let ada: Person;
let general: Channel;
let bare: BareClient | undefined;

beforeEach(async () => {
  discord = await FaultDiscord.start();
  ada = discord.person('Ada');
  general = discord.channel('general');
});
afterEach(async () => {
  await bare?.close();
  bare = undefined;
  await discord.close();
});

async function open(options: Parameters<typeof openBareClient>[1] = {}): Promise<BareClient> {
  bare = await openBareClient(discord, options);
  return bare;
}

async function readable() {
  const channel = await bare?.client.channels.fetch(general.id);
  if (!channel?.isTextBased()) throw new Error('Nothing can be read there.');
  return channel;
}

describe('the gateway', () => {
  it('lets a client in and shows it its servers, and closes on a wrong token', async () => {
    const { client } = await open();
    expect(client.guilds.cache.get(discord.guild.id)?.name).toBe('Acme');
    expect(client.application.id).toBe(client.user.id);
    await expect(openBareClient(discord, { token: 'wrong' })).rejects.toThrow(/token/i);
  });

  it('refuses the intent for content where it is not switched on', async () => {
    await expect(openBareClient(discord, { withContent: true })).rejects.toThrow(/intents/);
  });

  it('resumes after a cut and replays what was missed', async () => {
    const { messages } = await open();
    discord.gateway.killAll();
    await until(() => discord.gateway.connected === 0);
    discord.people.say(ada, general, { text: 'What is it?', isMention: true });
    await until(() => messages.length === 1);
    expect(discord.gateway.counts).toMatchObject({ identified: 1, resumed: 1 });
  });

  it('is left and resumed when it asks for it', async () => {
    await open();
    discord.gateway.askToReconnect();
    await until(() => discord.gateway.counts.resumed === 1);
    expect(discord.gateway.counts.identified).toBe(1);
  });

  it('is logged in to anew when it ends a session, and what came meanwhile is gone', async () => {
    const { messages } = await open();
    discord.gateway.invalidate(false);
    discord.people.say(ada, general, { text: 'first', isMention: true });
    await until(() => discord.gateway.counts.identified === 2);
    await until(() => discord.gateway.connected === 1);
    discord.people.say(ada, general, { text: 'second', isMention: true });
    await until(() => messages.some(({ content }) => content.includes('second')));
  });

  it('sends every event to all clients of a token, and twice when told to', async () => {
    const one = await open();
    const other = await openBareClient(discord);
    discord.gateway.copies = 2;
    discord.people.autocomplete(ada, general, 'papers', { option: 'paper', text: 'tree' });
    await until(() => one.interactions.length === 2 && other.interactions.length === 2);
    await other.close();
  });

  it('leaves out content that is not for the app', async () => {
    const { messages } = await open();
    discord.people.say(ada, general, { text: 'among us' });
    discord.people.say(ada, general, { text: 'to you', isMention: true });
    discord.people.say(ada, discord.direct(ada), { text: 'in private' });
    await until(() => messages.length === 3);
    expect(messages.map(({ content }) => content.replace(/<@\d+> /, ''))).toEqual([
      '',
      'to you',
      'in private',
    ]);
    expect(await (await readable()).messages.fetch()).toHaveProperty('size', 2);
  });

  it('takes a client that hears no heartbeats back', async () => {
    discord.gateway.heartbeatMs = 60;
    await open();
    await until(() => discord.gateway.counts.heartbeats >= 2);
    discord.gateway.isDeaf = true;
    await until(() => discord.gateway.connected === 0);
    discord.gateway.isDeaf = false;
    await until(() => discord.gateway.counts.resumed >= 1);
  });
});
