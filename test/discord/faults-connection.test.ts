import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeAnswerer } from '../bot/fake-answerer.ts';
import { until } from '../bot/open-bot.ts';
import { FaultDiscord } from '../fakes/fault-discord/fault-discord.ts';
import { isThinking, textOf } from '../fakes/fault-discord/journal.ts';
import type { Channel, Person } from '../fakes/fault-discord/model.ts';
import { type FootnoteRun, startFootnote } from '../fixtures/footnote-process.ts';
import { type OpenedRoom, openRoom } from './fault-room.ts';

const QUESTION = 'What does dropping tokens cost?';
const ANSWER = /0\.3 points/;

let discord: FaultDiscord;
let ada: Person;
let general: Channel;
let room: OpenedRoom | undefined;
let folder: string;
let running: ChildProcess[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'footnote-discord-'));
  discord = await FaultDiscord.start();
  ada = discord.person('Ada');
  general = discord.channel('general');
});
afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  await room?.close();
  room = undefined;
  await discord.close();
  rmSync(folder, { recursive: true });
});

const mention = (text = QUESTION) => discord.people.say(ada, general, { text, isMention: true });
const tally = () => discord.journal.tally((m) => !isThinking(m) && ANSWER.test(textOf(m)));
const NOTHING = { lost: [], doubled: [], didNotRespond: [] };

async function allAnswered(): Promise<void> {
  await until(() => tally().lost.length === 0, 'all answers');
  await new Promise((resolve) => setTimeout(resolve, 250));
}

describe('a connection', () => {
  it.each([
    ['is cut', () => discord.gateway.killAll()],
    ['is closed by Discord', () => discord.gateway.closeAll(4000)],
    ['is asked to begin anew', () => discord.gateway.askToReconnect()],
  ])('that %s misses nothing: what came meanwhile is replayed', async (_, cut) => {
    const answerer = new FakeAnswerer();
    const release = answerer.hold(QUESTION);
    room = await openRoom(discord, { answerer });
    mention();
    await until(() => answerer.asked.length === 1);
    cut();
    await until(() => discord.gateway.connected === 0);
    mention('And what came meanwhile?');
    release();
    await allAnswered();
    expect(tally()).toEqual(NOTHING);
    expect(discord.gateway.counts).toMatchObject({ identified: 1, resumed: 1 });
  });

  it('whose session is at an end is made anew, and what came meanwhile is found', async () => {
    room = await openRoom(discord);
    mention();
    await allAnswered();
    discord.gateway.invalidate(false);
    discord.gateway.closeAll(4009);
    await until(() => discord.gateway.connected === 0);
    mention('And what came meanwhile?');
    await until(() => discord.gateway.counts.identified === 2);
    await allAnswered();
    expect(tally()).toEqual(NOTHING);
    expect(room.answerer.asked).toHaveLength(2);
  });
});

describe('the token', () => {
  function startWith(token: string): FootnoteRun {
    const place = { DATA_DIR: folder, PAGES_DIR: join(import.meta.dirname, '../commands/pages') };
    const settings = { ...place, DISCORD_TOKEN: token, DISCORD_API_URL: discord.apiUrl, PORT: '0' };
    const run = startFootnote(['start'], settings);
    running = [run.child];
    return run;
  }

  it('that Discord refuses at the start ends it with a sentence', async () => {
    const { code, stderr } = await startWith('aaaa.bbbb.cccc').finished;
    expect(code).toBe(1);
    expect(stderr).toMatch(/DISCORD_TOKEN/);
    expect(stderr).not.toMatch(/cccc|\n\s+at /);
  });

  it('that is taken back while it runs ends it with a sentence', async () => {
    const run = startWith(discord.token);
    await run.said('answers in Discord');
    discord.faults.script(/./, { kind: 'status', status: 401 }, 1_000);
    discord.people.slash(ada, general, 'ask', { question: QUESTION });
    mention();
    const { code, stderr } = await run.finished;
    expect(code).toBe(1);
    expect(stderr).toMatch(/DISCORD_TOKEN/);
  });
});

describe('a process that is killed', () => {
  async function start(answerMs: number): Promise<ChildProcess> {
    const script = join(import.meta.dirname, 'fault-process.ts');
    const given = [discord.apiUrl, discord.token, join(folder, 'state.db'), String(answerMs)];
    const child = fork(script, given, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    running = [...running, child];
    await once(child, 'message');
    return child;
  }

  it('mid-answer loses and doubles nothing once it is started again', async () => {
    const first = await start(60_000);
    const asked = discord.people.slash(ada, general, 'ask', { question: QUESTION });
    mention('What else does it cost?');
    await until(() => discord.answerTo(asked) !== undefined, 'the sign that it thinks');
    await until(() => discord.calls.some((call) => call.endsWith('/typing')), 'the typing');
    first.kill('SIGKILL');
    await once(first, 'exit');
    mention('And what came meanwhile?');
    await start(5);
    await allAnswered();
    expect(tally()).toEqual(NOTHING);
  });
});
