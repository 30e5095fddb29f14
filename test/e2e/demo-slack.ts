import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { makeDataDir } from '../commands/run-footnote.ts';
import { FakeChatServer } from '../fakes/chat-server.ts';
import { createProgram, runSteps } from './demo-program.ts';
import { SIGNING_SECRET, startLocalSlack, TEAM, TOKENS } from './local-slack.ts';
import { runAlone } from './run-alone.ts';
import { BUTTONS } from './slack-buttons.ts';
import { MANAGING } from './slack-manage.ts';
import { need } from './slack-messages.ts';
import { shootPicture } from './slack-picture.ts';
import { PRIVATE } from './slack-private.ts';
import { QUESTIONS } from './slack-questions.ts';
import { startSlackShim } from './slack-shim.ts';
import { quoteSlowly, STREAM_STEPS } from './slack-streams.ts';
import type { Talk } from './slack-talk.ts';

// A scripted conversation in Slack without Slack: the real program, `npm start`, against local-slack.
// That listens on every interface, so all of it runs in a network of its own, with loopback alone.
// With `--http` Slack sends signed requests instead of speaking over a socket; `--picture FILE` draws
// a thread of it.
const PORT = 3939;
const OUR_PORT = 3940;
const REQUESTS = { url: `http://127.0.0.1:${OUR_PORT}/slack/events`, secret: SIGNING_SECRET };
const STEPS = [...QUESTIONS, ...PRIVATE, ...BUTTONS, ...MANAGING];

const { values: flags } = parseArgs({
  options: {
    inside: { type: 'boolean', default: false },
    http: { type: 'boolean', default: false },
    picture: { type: 'string' },
  },
});
process.exitCode = flags.inside
  ? await talk()
  : await runAlone(import.meta.filename, {
      picture: flags.picture,
      more: flags.http ? ['--http'] : [],
    });

async function talk(): Promise<number> {
  const { dataDir, drop } = await makeDataDir();
  const options = { port: PORT, ...(flags.http && { requestUrl: REQUESTS.url }) };
  const slack = await startLocalSlack(dataDir, options);
  const shim = await startSlackShim(slack.url, flags.http ? REQUESTS : undefined);
  const model = await FakeChatServer.start();
  const writesAt = (rate: number) => model.replyWith((body) => quoteSlowly(body, rate));
  writesAt(60);
  const { SLACK_BOT_TOKEN } = TOKENS;
  const heard = flags.http ? { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET: SIGNING_SECRET } : TOKENS;
  const env = { PORT: flags.http ? `${OUR_PORT}` : '0', SLACK_API_URL: shim.apiUrl, ...heard };
  const withModel = { ...env, CHAT_MODEL: 'openai:stand-in', OPENAI_BASE_URL: model.baseUrl };
  const footnote = createProgram(dataDir, /answers in Slack, in the workspace Demo/);
  const open = { slack };
  try {
    await footnote.start(env, /The index is whole/);
    const { channel } = await slack.api('conversations.open', { users: TEAM.ada });
    const talk: Talk = {
      slack,
      dm: (channel as { id: string }).id,
      shim,
      writesAt,
      crash: () => footnote.end('SIGKILL'),
      restart: () => footnote.start(withModel),
      async outage(ms) {
        talk.slack.close();
        await sleep(ms);
        open.slack = await startLocalSlack(dataDir, options);
        talk.slack = open.slack;
      },
    };
    const failed = await runSteps(STEPS, talk);
    await footnote.end('SIGTERM');
    await footnote.start(withModel);
    const streamSteps = STREAM_STEPS.filter(({ ofSockets }) => !(flags.http && ofSockets));
    const failedStreams = await runSteps(streamSteps, talk, STEPS.length);
    if (flags.picture !== undefined) await shootPicture(need(talk.scene), flags.picture);
    const figures = {
      steps: STEPS.length + streamSteps.length,
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
