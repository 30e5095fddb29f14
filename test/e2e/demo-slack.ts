import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeDataDir } from '../commands/run-footnote.ts';
import { FakeChatServer } from '../fakes/chat-server.ts';
import { createProgram, runSteps } from './demo-program.ts';
import { ALONE, startLocalSlack, TEAM, TOKENS, whyNoLocalSlack } from './local-slack.ts';
import { startSlackShim } from './slack-shim.ts';
import { quoteSlowly, STREAM_STEPS } from './slack-streams.ts';
import { STEPS, type Talk } from './slack-talk.ts';

// A scripted conversation in Slack without Slack: the real program, `npm start`, against local-slack.
// That listens on every interface, so all of it runs in a network of its own, with loopback alone.
const PORT = 3939;

process.exitCode = process.argv.includes('--inside') ? await talk() : await goInside();

async function goInside(): Promise<number> {
  const why = whyNoLocalSlack();
  if (why !== undefined) {
    process.stderr.write(`The demo cannot run: ${why}.\n`);
    return 1;
  }
  const inside = [...ALONE, process.execPath, import.meta.filename, '--inside'];
  const child = spawn('unshare', inside, { stdio: 'inherit' });
  const [code] = await once(child, 'close');
  return Number(code);
}

async function talk(): Promise<number> {
  const { dataDir, drop } = await makeDataDir();
  const slack = await startLocalSlack(dataDir, PORT);
  const shim = await startSlackShim(slack.url);
  const model = await FakeChatServer.start();
  model.replyWith(quoteSlowly);
  const env = { PORT: '0', SLACK_API_URL: shim.apiUrl, ...TOKENS };
  const withModel = { ...env, CHAT_MODEL: 'openai:gpt-5-mini', OPENAI_BASE_URL: model.baseUrl };
  const footnote = createProgram(dataDir, /answers in Slack, in the workspace Demo/);
  const open = { slack };
  try {
    await footnote.start(env, /The index is whole/);
    const { channel } = await slack.api('conversations.open', { users: TEAM.ada });
    const talk: Talk = {
      slack,
      dm: (channel as { id: string }).id,
      calls: () => shim.calls.map(({ method }) => method),
      crash: () => footnote.end('SIGKILL'),
      restart: () => footnote.start(withModel),
      async outage(ms) {
        talk.slack.close();
        await sleep(ms);
        open.slack = await startLocalSlack(dataDir, PORT);
        talk.slack = open.slack;
      },
    };
    const failed = await runSteps(STEPS, talk);
    await footnote.end('SIGTERM');
    await footnote.start(withModel);
    const failedStreams = await runSteps(STREAM_STEPS, talk, STEPS.length);
    const figures = {
      steps: STEPS.length + STREAM_STEPS.length,
      failed: failed + failedStreams,
    };
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    return figures.failed === 0 ? 0 : 1;
  } finally {
    await footnote.end('SIGTERM');
    await model.close();
    shim.close();
    open.slack.close();
    await drop();
  }
}
