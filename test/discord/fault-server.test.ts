import { type DiscordAPIError, type Interaction, MessageFlags } from 'discord.js';
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

/** The code with which a call is refused. */
async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'none',
    (error: DiscordAPIError) => error.code,
  );
}

async function sendable(id: string) {
  const channel = await bare?.client.channels.fetch(id);
  if (!channel?.isSendable()) throw new Error('Nothing can be sent there.');
  return channel;
}

async function next(count = 1): Promise<Interaction> {
  await until(() => (bare?.interactions.length ?? 0) >= count);
  const interaction = bare?.interactions[count - 1];
  if (interaction === undefined) throw new Error('There is no interaction.');
  return interaction;
}

async function nextCommand() {
  const interaction = await next();
  if (!interaction.isChatInputCommand()) throw new Error('Not a slash command.');
  return interaction;
}

describe('an interaction', () => {
  it('is answered, edited and followed, and counted as acknowledged', async () => {
    await open();
    const asked = discord.people.slash(ada, general, 'ask', { question: 'What is it?' });
    const command = await nextCommand();
    expect(command.options.getString('question')).toBe('What is it?');
    await command.deferReply();
    expect(discord.answerTo(asked)?.flags).toBe(MessageFlags.Loading);
    await command.editReply('Found.');
    await command.followUp({ content: 'More.', flags: MessageFlags.Ephemeral });
    expect(discord.shown(general).map(({ content }) => content)).toEqual(['Found.', 'More.']);
    expect(discord.world.messagesIn(general.id)).toHaveLength(1);
    expect(discord.journal.waits()).toHaveLength(1);
  });

  it('is refused after three seconds, a second time, and after a quarter of an hour', async () => {
    await open();
    discord.people.slash(ada, general, 'ask');
    const late = await nextCommand();
    discord.clock.advance(3_001);
    expect(await codeOf(late.deferReply())).toBe(10_062);
    discord.people.slash(ada, general, 'ask');
    const command = await next(2);
    if (!command.isChatInputCommand()) throw new Error('Not a slash command.');
    expect(await codeOf(command.editReply('Too early'))).toBe('InteractionNotReplied');
    await command.deferReply();
    command.deferred = false;
    expect(await codeOf(command.deferReply())).toBe(40_060);
    discord.clock.advance(15 * 60_000);
    command.deferred = true;
    expect(await codeOf(command.editReply('Too late'))).toBe(50_027);
  });

  it('offers choices while somebody types, and only choices', async () => {
    await open();
    discord.people.autocomplete(ada, general, 'papers similar', { option: 'paper', text: 'tree' });
    const interaction = await next();
    if (!interaction.isAutocomplete()) throw new Error('Nobody types.');
    expect(interaction.options.getFocused()).toBe('tree');
    await interaction.respond([{ name: 'A tree', value: 'arxiv:1' }]);
  });

  it('opens a modal, whose answer is another interaction', async () => {
    await open();
    const target = discord.people.say(ada, general, { text: 'Look at this' });
    const asked = discord.people.messageCommand(ada, target, 'Ask the papers about this');
    const command = await next();
    if (!command.isMessageContextMenuCommand()) throw new Error('Not a message command.');
    expect(command.targetMessage.content).toBe('Look at this');
    const input = { type: 4, custom_id: 'q', style: 1, label: 'x' };
    const { label: _, ...rest } = input;
    const label = { type: 18, label: 'Question', component: rest };
    await command.showModal({ custom_id: 'ask:1', title: 'Ask', components: [label] });
    discord.people.submit(asked, { q: 'What is it?' });
    const submitted = await next(2);
    if (!submitted.isModalSubmit()) throw new Error('Not a modal.');
    expect(submitted.fields.getTextInputValue('q')).toBe('What is it?');
    await submitted.reply('Thank you.');
  });

  it('comes of a button that is pressed, and changes its message', async () => {
    await open();
    const button = { type: 2, style: 1, label: 'More', custom_id: 'more:1' } as const;
    const channel = await sendable(general.id);
    await channel.send({ content: 'One', components: [{ type: 1, components: [button] }] });
    const [message] = discord.shown(general);
    if (message === undefined) throw new Error('There is no message.');
    discord.people.press(ada, message, 'More');
    const pressed = await next();
    if (!pressed.isButton()) throw new Error('Not a button.');
    await pressed.update('Two');
    expect(discord.shown(general).map(({ content }) => content)).toEqual(['Two']);
  });

  it('from where the bot is not has five follow-ups, and none that others see', async () => {
    const elsewhere = discord.world.addGuild('Elsewhere', false);
    const channel = discord.world.addChannel('text', 'there', { guildId: elsewhere.id });
    discord.limits.set('webhook', { calls: 50, windowMs: 1_000 });
    await open();
    discord.people.slashAnywhere(ada, channel, 'ask', { question: 'What is it?' });
    const command = await nextCommand();
    await command.reply('One');
    for (let n = 0; n < 5; n += 1) await command.followUp('More');
    expect(await codeOf(command.followUp('Too many'))).toBe(40_094);
    expect(discord.world.messagesIn(channel.id)).toEqual([]);
  });
});

describe('calls', () => {
  it('wait when they are too many, and are told for how long', async () => {
    await open();
    discord.limits.set('POST /channels/:id/messages', { calls: 2, windowMs: 100 });
    const channel = await sendable(general.id);
    await Promise.all([1, 2, 3, 4, 5].map((n) => channel.send(`${n}`)));
    expect(discord.shown(general)).toHaveLength(5);
    discord.limits.set('global', { calls: 1, windowMs: 100 });
    await Promise.all([channel.sendTyping(), bare?.client.users.fetch(ada.id, { force: true })]);
    expect(discord.limits.refused).toBeGreaterThan(0);
  });

  it('that failed once they were stored post nothing twice', async () => {
    await open();
    discord.faults.script(/^POST .*messages$/, { kind: 'status', status: 502, isStored: true }, 2);
    await (await sendable(general.id)).send('Once');
    expect(discord.shown(general)).toHaveLength(1);
    expect(discord.calls.filter((call) => /^POST .*messages$/.test(call))).toHaveLength(3);
  });

  it('without a good token are refused', async () => {
    const { client } = await open();
    client.rest.setToken('wrong');
    expect(await codeOf(client.users.fetch(ada.id, { force: true }))).toBe(0);
    expect(client.isReady()).toBe(true);
  });

  it('that lack a permission say which kind of thing is missing', async () => {
    await open();
    discord.deny(general, 'SendMessages');
    expect(await codeOf((await sendable(general.id)).send('No'))).toBe(50_013);
    discord.deny(general, 'ViewChannel');
    expect(await codeOf((await sendable(general.id)).send('No'))).toBe(50_001);
    ada.isClosed = true;
    const user = await bare?.client.users.fetch(ada.id);
    expect(await codeOf(Promise.resolve(user?.send('No')))).toBe(50_007);
  });

  it('upload files, start threads, publish and react', async () => {
    const news = discord.channel('news', 'announcement');
    const forum = discord.channel('help', 'forum');
    await open();
    const channel = await sendable(news.id);
    const files = [{ attachment: Buffer.from('@article{a}'), name: 'a.bib' }];
    const message = await channel.send({ content: 'A file', files });
    expect(discord.shown(news)[0]?.files.map(({ name, bytes }) => [name, bytes.length])).toEqual([
      ['a.bib', 11],
    ]);
    await message.crosspost();
    await message.react('👀');
    const thread = await message.startThread({ name: 'More' });
    expect(thread.id).toBe(message.id);
    await thread.send('Inside');
    const rest = bare?.client.rest;
    const again = rest?.post(`/channels/${news.id}/messages/${message.id}/threads`, {
      body: { name: 'Again' },
    });
    expect(await codeOf(Promise.resolve(again))).toBe(160_004);
    const posts = await bare?.client.channels.fetch(forum.id);
    if (!posts?.isThreadOnly()) throw new Error('Not a forum.');
    await posts.threads.create({ name: 'A post', message: { content: 'First' } });
  });

  it('register commands, which keep their ids', async () => {
    const { client } = await open();
    const set = () => client.application.commands.set([{ name: 'ask', description: 'Ask' }]);
    const [one, other] = [(await set()).first(), (await set()).first()];
    expect(other?.id).toBe(one?.id);
    await one?.edit({ description: 'Ask more' });
    const fetched = await client.application.commands.fetch();
    expect(fetched.first()?.description).toBe('Ask more');
    await one?.delete();
    expect(discord.world.commands.get('global')).toEqual([]);
  });
});
