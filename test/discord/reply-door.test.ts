import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAcknowledgements } from '../../src/discord/acknowledgements.ts';
import { createRest } from '../../src/discord/client.ts';
import { writeNote } from '../../src/discord/notes.ts';
import { createReplyDoor } from '../../src/discord/reply-door.ts';
import { createDiscordApi } from '../../src/discord/rest-api.ts';
import { makeMessage } from '../bot/make-message.ts';
import { until } from '../bot/open-bot.ts';
import { FaultDiscord } from '../fakes/fault-discord/fault-discord.ts';
import { textOf } from '../fakes/fault-discord/journal.ts';
import type { Channel } from '../fakes/fault-discord/model.ts';
import { makeTurn } from '../store/make-turn.ts';

let discord: FaultDiscord;
let general: Channel;
beforeEach(async () => {
  discord = await FaultDiscord.start();
  general = discord.channel('general');
});
afterEach(() => discord.close());

const turn = makeTurn({ answerId: 'a1' });
const [sentence = { text: '', citations: [] }] = turn.answer.sentences;
const grown = { sentence, citations: turn.answer.citations };
const signal = new AbortController().signal;

/** The door of a process of its own, whose clock jumps so far that nothing is waited for. */
function openProcess(question: string) {
  const rest = createRest({ token: discord.token, apiUrl: discord.apiUrl }, { warn() {} });
  const clock = { now: 0 };
  const notes: string[] = [];
  const write = () => {};
  const door = createReplyDoor({
    api: createDiscordApi(rest, { applicationId: discord.world.bot.id }),
    self: { userId: discord.world.bot.id },
    acknowledgements: createAcknowledgements(),
    log: Object.assign(write, { debug: write, warn: write }),
    now: () => {
      clock.now += 10_000;
      return clock.now;
    },
    clock: Date.now,
    missingIn: () => [],
  });
  const message = makeMessage({
    platform: 'discord',
    workspaceId: discord.guild.id,
    channelId: general.id,
    messageId: question,
    replyTo: writeNote({ channel: general.id }),
  });
  const open = (placed?: string) =>
    door.open({
      deliveryKey: 'key',
      message,
      isPrivate: false,
      ...(placed !== undefined && { placed }),
      place: async (note) => void notes.push(note),
    });
  return { open, notes };
}

describe('a reply whose first words were sent right before the process died', () => {
  const dieAfterSending = async () => {
    const { id } = discord.people.say(discord.person('Ada'), general, { text: 'What?' });
    const { open, notes } = openProcess(id);
    await open().sentence(grown, signal);
    await until(() => notes.length === 2, 'both notes');
    expect(discord.shown(general)).toHaveLength(1);
    // The second note, of the message, was not kept.
    return { id, placed: notes[0] ?? '' };
  };

  it('is finished in the same message', async () => {
    const { id, placed } = await dieAfterSending();
    const reply = openProcess(id).open(placed);
    await reply.sentence(grown, signal);
    await reply.final({ kind: 'answer', turn }, { isRepeat: false, signal });
    expect(discord.calls.filter((call) => /^POST .*messages$/.test(call))).toHaveLength(1);
    expect(discord.shown(general)).toHaveLength(1);
    expect(JSON.stringify(discord.shown(general))).toContain('Show evidence');
  });

  it('is finished in it where the bot may not look, too', async () => {
    const { id, placed } = await dieAfterSending();
    discord.faults.script(/^GET .*messages/, { kind: 'status', status: 403, code: 50_013 }, 9);
    const reply = openProcess(id).open(placed);
    await reply.final({ kind: 'answer', turn }, { isRepeat: false, signal });
    expect(discord.shown(general).map(textOf)).toEqual([
      expect.stringContaining('quoted from the abstracts'),
    ]);
  });
});
