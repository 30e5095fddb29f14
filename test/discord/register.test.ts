import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRest } from '../../src/discord/client.ts';
import { diagnose } from '../../src/discord/diagnose.ts';
import { areRegistered, registerCommands } from '../../src/discord/register.ts';
import { FaultDiscord } from '../fakes/fault-discord/fault-discord.ts';
import { PERMISSION } from '../fakes/fault-discord/model.ts';

let discord: FaultDiscord;
beforeEach(async () => {
  discord = await FaultDiscord.start();
});
afterEach(() => discord.close());

const restOf = (token = discord.token) =>
  createRest({ token, apiUrl: discord.apiUrl }, { warn() {} });
const puts = () => discord.calls.filter((call) => call.startsWith('PUT '));

describe('registering', () => {
  it('sets the commands once, and again only when they differ', async () => {
    const names = ['ask', 'papers', 'Ask the papers about this'];
    expect(await areRegistered(restOf())).toBe(false);
    expect(await registerCommands(restOf())).toEqual({ kind: 'set', names });
    expect(await registerCommands(restOf())).toEqual({ kind: 'unchanged', names });
    expect(puts()).toHaveLength(1);
    const [list = []] = [...discord.world.commands.values()];
    discord.world.commands.set([...discord.world.commands.keys()][0] ?? '', list.slice(1));
    expect(await registerCommands(restOf())).toEqual({ kind: 'set', names });
  });

  it('sees a description that has changed in one language', async () => {
    await registerCommands(restOf());
    const [[scope, list] = ['', []]] = [...discord.world.commands];
    const changed = JSON.parse(JSON.stringify(list).replace('Was du wissen möchtest', 'Anders'));
    discord.world.commands.set(scope, changed);
    expect(await areRegistered(restOf())).toBe(false);
  });

  it('does one server alone where one is named', async () => {
    const guildId = discord.guild.id;
    expect((await registerCommands(restOf(), { guildId })).kind).toBe('set');
    expect((await registerCommands(restOf(), { guildId })).kind).toBe('unchanged');
    expect(puts()).toEqual([expect.stringContaining(`/guilds/${guildId}/commands`)]);
  });

  it('throws what Discord said, without the token', async () => {
    await expect(registerCommands(restOf('a.b.c'))).rejects.toThrow(/http 401/);
    await expect(registerCommands(restOf('a.b.c'))).rejects.not.toThrow(/a\.b\.c/);
  });
});

describe('the doctor of Discord', () => {
  const look = async (
    choice: { messageContent?: boolean; token?: string; guildId?: string } = {},
  ) => {
    const token = choice.token ?? discord.token;
    const findings = await diagnose({ messageContent: false, ...choice, token }, restOf(token));
    return findings.map(({ isGood, text }) => `${isGood ? 'ok' : 'WRONG'} ${text}`);
  };

  it('finds all well where it is, and prints the address that invites the bot', async () => {
    await registerCommands(restOf());
    const lines = await look();
    expect(lines.filter((line) => line.startsWith('WRONG'))).toEqual([]);
    expect(lines.join('\n')).toMatch(
      /https:\/\/discord\.com\/oauth2\/authorize\?client_id=\d+&scope=bot\+applications\.commands&permissions=\d+/,
    );
  });

  it('says what is missing: commands, an intent, a server', async () => {
    const lines = await look({ messageContent: true });
    expect(lines.filter((line) => line.startsWith('WRONG'))).toEqual([
      expect.stringContaining('"Message Content Intent"'),
      expect.stringContaining('npm run register'),
    ]);
    discord.faults.script(/guilds\/\d+\/commands/, { kind: 'status', status: 403, code: 50_001 });
    expect((await look({ guildId: '111111111111111111' })).join('\n')).toMatch(
      /WRONG .*DISCORD_GUILD_ID/,
    );
  });

  it('names what the bot may not do in a server, and says where it is in none', async () => {
    expect((await look()).join('\n')).toContain('ok It may do what it needs in one server.');
    discord.guild.denied = PERMISSION.SendMessages | PERMISSION.AttachFiles;
    expect((await look()).join('\n')).toContain(
      'WRONG In the server Acme it lacks: Send Messages, Attach Files.',
    );
    discord.world.guilds.clear();
    expect((await look()).join('\n')).toContain('ok It is in no server yet');
  });

  it('says so where what answers is no Discord', async () => {
    discord.faults.script(/applications\/@me/, { kind: 'status', status: 404 });
    expect(await look()).toEqual([expect.stringMatching(/^WRONG .*DISCORD_API_URL/)]);
  });

  it('says what to do about a token that is not good, and does not show it', async () => {
    const [line, ...more] = await look({ token: 'a.b.c' });
    expect(more).toEqual([]);
    expect(line).toMatch(/^WRONG Discord does not accept DISCORD_TOKEN\. Copy the token/);
    expect(line).not.toContain('a.b.c');
  });
});
