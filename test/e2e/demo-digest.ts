import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeDataDir, runFootnote } from '../commands/run-footnote.ts';
import { FakeHuggingFaceServer } from '../fakes/hugging-face-server.ts';
import { createProgram, runSteps } from './demo-program.ts';
import { PAPERS_OF_THE_DAY } from './digest-day.ts';
import { type DigestTalk, SLACK_DIGEST } from './digest-slack.ts';
import { startLocalSlack, TOKENS } from './local-slack.ts';
import { runAlone } from './run-alone.ts';
import { need } from './slack-messages.ts';
import { shootDigest } from './slack-picture.ts';
import { startSlackShim } from './slack-shim.ts';

// A day with a digest, from the papers that ship and a made-up day at Hugging Face to what stands in
// the channel: the real program against local-slack, in a network of its own with loopback alone.
// `--picture FILE` draws the thread.
const PORT = 3941;
const PAGES = join(import.meta.dirname, '../../data/pages');

const { values: flags } = parseArgs({
  options: { inside: { type: 'boolean', default: false }, picture: { type: 'string' } },
});
process.exitCode = flags.inside
  ? await talk()
  : await runAlone(import.meta.filename, { picture: flags.picture });

async function talk(): Promise<number> {
  const { dataDir, drop } = await makeDataDir();
  const hub = await new FakeHuggingFaceServer().listen();
  const today = new Date().toISOString().slice(0, 10);
  hub.today = today;
  hub.days.set(today, PAPERS_OF_THE_DAY);
  const slack = await startLocalSlack(dataDir, { port: PORT });
  const shim = await startSlackShim(slack.url);
  const common = { PAGES_DIR: PAGES, HF_URL: hub.url };
  const env = { ...common, PORT: '0', SLACK_API_URL: shim.apiUrl, ...TOKENS };
  const footnote = createProgram(dataDir, /answers in Slack, in the workspace Demo/);
  try {
    await footnote.start(env, /The index is whole/);
    const given: DigestTalk = {
      slack,
      shim,
      async sync() {
        const args = ['sync', '--source', 'hf', '--date', today];
        const { stdout, stderr } = await runFootnote(args, { dataDir, env: common });
        return `${stdout}${stderr}`;
      },
      async crash() {
        await footnote.end('SIGKILL');
        await footnote.start(env);
      },
    };
    const failed = await runSteps(SLACK_DIGEST, given);
    if (flags.picture !== undefined) await shootDigest(need(given.scene), flags.picture);
    process.stdout.write(`${JSON.stringify({ steps: SLACK_DIGEST.length, failed })}\n`);
    return failed === 0 ? 0 : 1;
  } finally {
    await footnote.end('SIGTERM');
    await hub.close();
    shim.close();
    slack.close();
    await drop();
  }
}
