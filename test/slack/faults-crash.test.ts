import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kill } from '../bot/kill.ts';
import { finished, makeDataDir, startFootnote, written } from '../commands/run-footnote.ts';
import {
  eventually,
  type HostileSlack,
  startHostileSlack,
  TOKENS,
} from '../fakes/hostile-slack/hostile-slack.ts';

const QUESTION = 'What is it?';
let folder: string;
let slack: HostileSlack;
let running: ChildProcess[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'footnote-slack-'));
  slack = await startHostileSlack({ ackMs: 1_000, resendMs: [500, 1_000, 2_000, 4_000, 8_000] });
});
afterEach(async () => {
  for (const child of running.splice(0)) await kill(child);
  await slack.close();
  rmSync(folder, { recursive: true });
  expect(slack.journal.violations).toEqual([]);
});

/** A bot in its own process, once it listens. */
async function startBot(writes: 'writes' | 'quotes' = 'quotes'): Promise<ChildProcess> {
  const script = join(import.meta.dirname, 'slack-bot-process.ts');
  const given = [join(folder, 'state.db'), slack.apiUrl, writes];
  const child = fork(script, given, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  running = [...running, child];
  await once(child, 'message');
  return child;
}

/** Every question has one answer, and nothing says that one is in work. */
async function allAnsweredOnce(): Promise<void> {
  await eventually(() => slack.journal.lost.length === 0, 'all answers');
  await eventually(() => slack.signs.withStatus.length === 0, 'the end of all statuses');
  await eventually(() => slack.signs.reactions.length === 0, 'the end of all reactions');
  await sleep(300);
  expect(slack.journal.doubled).toEqual([]);
}

describe('a bot that is killed', () => {
  it.each([
    ['while Slack has begun the stream and it does not know yet', 'chat.startStream'],
    ['while Slack has a part and it does not know yet', 'chat.appendStream'],
    ['while Slack has the end and it does not know yet', 'chat.stopStream'],
  ])('%s finishes the same message when it is back', async (_, method) => {
    const first = await startBot('writes');
    slack.faults.next(method, { kind: 'hang' });
    const asked = slack.people.mention(QUESTION);
    await eventually(() => slack.called(method).length > 0, method);
    await kill(first);
    await startBot('writes');
    await allAnsweredOnce();
    const [reply] = slack.channels.repliesOfApp(asked.channel, asked.ts);
    expect(reply?.stream).toMatchObject({ isOpen: false });
    expect(JSON.stringify([reply?.text, reply?.blocks])).toContain('Sentence 4 ');
  });

  it('while Slack has the whole answer and it does not know yet sends no other', async () => {
    const first = await startBot();
    slack.faults.next('chat.postMessage', { kind: 'hang' });
    slack.people.mention(QUESTION);
    await eventually(() => slack.called('chat.postMessage').length === 1, 'the answer');
    await kill(first);
    await startBot();
    await allAnsweredOnce();
    expect(slack.called('chat.postMessage')).toHaveLength(1);
  });

  it('before it took a question in gets it again', async () => {
    const first = await startBot();
    await kill(first);
    slack.people.mention(QUESTION);
    await startBot();
    await allAnsweredOnce();
  });
});

describe('two processes', () => {
  it('answer each question once, also when one is killed in between and calls fail', async () => {
    const [first] = await Promise.all([startBot(), startBot()]);
    expect(slack.sockets.open).toHaveLength(4);
    slack.faults.atRandom(0.1);
    for (let n = 0; n < 40; n += 1) {
      const asked = slack.people.mention(`${QUESTION} ${n}`, {
        channel: `C${n % 20}`,
        user: `U${n % 7}`,
      });
      if (n % 5 === 0) slack.people.again(asked);
      if (n === 20) await kill(first);
      await sleep(20);
    }
    await eventually(() => slack.journal.lost.length === 0, 'all answers', 50_000);
    slack.faults.none();
    await sleep(500);
    expect(slack.journal.doubled).toEqual([]);
    expect(slack.faults.met).toBeGreaterThan(5);
  });
});

describe('the program', () => {
  it('ends with a sentence that says what to do when its app token is taken back', async () => {
    const { dataDir, drop } = await makeDataDir();
    try {
      const env = {
        PORT: '0',
        SLACK_API_URL: slack.apiUrl,
        SLACK_BOT_TOKEN: TOKENS.bot,
        SLACK_APP_TOKEN: TOKENS.app,
        LOG_LEVEL: 'silent',
      };
      const child = startFootnote(['start'], { dataDir, env });
      running = [...running, child];
      const end = finished(child);
      await written(child, /answers in Slack, in the workspace Hostile/);
      slack.revokeAppToken();
      const { code, stderr } = await end;
      expect(code).toBe(1);
      expect(stderr).toMatch(/invalid_auth.*SLACK_APP_TOKEN/);
      expect(stderr).not.toMatch(/at .*\.ts:\d+/);
    } finally {
      await drop();
    }
  });
});
