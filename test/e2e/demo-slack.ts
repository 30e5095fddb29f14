import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { makeDataDir, startFootnote, written } from '../commands/run-footnote.ts';
import { ALONE, startLocalSlack, TEAM, TOKENS, whyNoLocalSlack } from './local-slack.ts';
import { startSlackShim } from './slack-shim.ts';
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
  const env = { PORT: '0', SLACK_API_URL: shim.apiUrl, ...TOKENS };
  const footnote = startFootnote(['start'], { dataDir, env });
  footnote.stderr?.pipe(process.stderr);
  const end = once(footnote, 'close');
  try {
    await Promise.all([
      written(footnote, /answers in Slack, in the workspace Demo/),
      written(footnote, /The index is whole/),
    ]);
    const { channel } = await slack.api('conversations.open', { users: TEAM.ada });
    const failed = await runSteps({ slack, dm: (channel as { id: string }).id });
    process.stdout.write(`${JSON.stringify({ steps: STEPS.length, failed })}\n`);
    return failed === 0 ? 0 : 1;
  } finally {
    footnote.kill('SIGTERM');
    await end;
    shim.close();
    slack.close();
    await drop();
  }
}

async function runSteps(given: Talk): Promise<number> {
  let failed = 0;
  for (const [i, { name, run }] of STEPS.entries()) {
    process.stdout.write(`\n${i + 1}. ${name}\n`);
    try {
      for (const line of await run(given)) process.stdout.write(`   ${line}\n`);
    } catch (error) {
      failed += 1;
      process.stdout.write(
        `   FAILED: ${error instanceof Error ? error.message : String(error)}\n`,
      );
    }
  }
  return failed;
}
