import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRest } from '../../src/discord/client.ts';
import { createClosedChannels } from '../../src/discord/closed-channels.ts';
import { button, buttonRow, card, text } from '../../src/discord/components.ts';
import { DiscordError } from '../../src/discord/discord-error.ts';
import { createDiscordApi } from '../../src/discord/rest-api.ts';
import { FaultDiscord } from '../fakes/fault-discord/fault-discord.ts';
import { textOf } from '../fakes/fault-discord/journal.ts';
import type { Channel } from '../fakes/fault-discord/model.ts';

let discord: FaultDiscord;
let general: Channel;
beforeEach(async () => {
  discord = await FaultDiscord.start();
  general = discord.channel('general');
});
afterEach(() => discord.close());

const CARD = card([text('It is so.'), ...buttonRow([button('Press', 'evidence:1')])]);

function openApi() {
  const rest = createRest({ token: discord.token, apiUrl: discord.apiUrl }, { warn() {} });
  return createDiscordApi(rest, { applicationId: '1'.repeat(18) });
}

describe('sending', () => {
  it('falls back to the words alone where Discord does not take a card', async () => {
    discord.faults.script(/^POST .*messages$/, { kind: 'status', status: 400, code: 50_035 });
    await openApi().send(general.id, CARD, { key: 'k' });
    const [message] = discord.shown(general);
    expect(message && textOf(message)).toBe('It is so.');
    expect(JSON.stringify(message?.components)).not.toContain('custom_id');
  });

  it('says without replying what it may not reply', async () => {
    const said = discord.people.say(discord.person('Ada'), general, { text: 'What?' });
    discord.faults.script(/^POST .*messages$/, { kind: 'status', status: 400, code: 160_002 });
    await openApi().send(general.id, CARD, { key: 'k', replyTo: said.id });
    expect(discord.shown(general)).toHaveLength(1);
  });

  it('stands once when the connection is cut after Discord took it', async () => {
    discord.faults.script(/^POST .*messages$/, { kind: 'cut', isStored: true });
    await openApi().send(general.id, CARD, { key: 'k' });
    expect(discord.shown(general)).toHaveLength(1);
  });

  it('leaves a channel alone that has refused it again and again', async () => {
    discord.deny(general, 'SendMessages');
    const api = openApi();
    for (let i = 0; i < 6; i += 1) {
      await expect(api.send(general.id, CARD, { key: `k${i}` })).rejects.toThrow(DiscordError);
    }
    expect(discord.calls.filter((call) => /^POST .*messages$/.test(call))).toHaveLength(3);
  });

  it('throws errors that hold no token and no text', async () => {
    const failed = await openApi()
      .editOriginal('secret-token', CARD)
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(DiscordError);
    const shown = `${String(failed)} ${JSON.stringify(failed)} ${(failed as Error).stack}`;
    expect(shown).not.toMatch(/secret-token|It is so/);
    expect((failed as Error).cause).toBeUndefined();
  });
});

describe('a closed channel', () => {
  const refusal = new DiscordError({ what: 'send', status: 403, code: 50_013, reason: 'x' });

  it('is tried again after ten minutes, and is open once it has let something through', async () => {
    const clock = { now: 0 };
    const closed = createClosedChannels(() => clock.now);
    const tried: string[] = [];
    const attempt = (name: string, result: () => Promise<void>) =>
      closed.guard('c', () => {
        tried.push(name);
        return result();
      });
    const refused = () => Promise.reject(refusal);
    for (const name of ['a', 'b', 'c', 'd']) await expect(attempt(name, refused)).rejects.toThrow();
    expect(tried).toEqual(['a', 'b', 'c']);
    clock.now += 11 * 60_000;
    await attempt('e', async () => {});
    await expect(attempt('f', refused)).rejects.toThrow();
    await attempt('g', async () => {});
    expect(tried).toEqual(['a', 'b', 'c', 'e', 'f', 'g']);
  });
});
