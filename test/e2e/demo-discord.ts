import { finished, makeDataDir, startFootnote } from '../commands/run-footnote.ts';
import { SERVER, startTwin } from '../discord/twin.ts';
import { FakeChatServer } from '../fakes/chat-server.ts';
import { createProgram, runSteps } from './demo-program.ts';
import { createAda } from './discord-people.ts';
import { drawPicture } from './discord-picture.ts';
import { STREAM_STEPS } from './discord-streams.ts';
import { type DiscordTalk, STEPS } from './discord-talk.ts';
import { quoteSlowly } from './slack-streams.ts';

// A scripted conversation in Discord without Discord: the real program, `npm start`, against
// discord-digital-twin. With --picture FILE it draws what stood there.
process.exitCode = await talk(pictureAsked());

function pictureAsked(): string | undefined {
  const at = process.argv.indexOf('--picture');
  return at === -1 ? undefined : process.argv[at + 1];
}

async function talk(picture: string | undefined): Promise<number> {
  const { dataDir, drop } = await makeDataDir();
  const twin = await startTwin();
  const model = await FakeChatServer.start();
  model.replyWith((body) => quoteSlowly(body, 60));
  const access = { DISCORD_TOKEN: SERVER.token, DISCORD_API_URL: twin.apiUrl };
  const env = { PORT: '0', DISCORD_MESSAGE_CONTENT: 'on', ...access };
  const withModel = { ...env, CHAT_MODEL: 'openai:gpt-5-mini', OPENAI_BASE_URL: model.baseUrl };
  const footnote = createProgram(dataDir, /answers in Discord, as footnote/);
  const given: DiscordTalk = {
    twin,
    ada: createAda(twin),
    shown: [],
    async register() {
      const { code, stdout, stderr } = await finished(
        startFootnote(['register'], { dataDir, env: access }),
      );
      if (code !== 0) throw new Error(stderr);
      return stdout;
    },
    crash: () => footnote.end('SIGKILL'),
    restart: () => footnote.start(withModel),
  };
  try {
    await footnote.start(env, /The index is whole/);
    const failed = await runSteps(STEPS, given);
    await footnote.end('SIGTERM');
    await footnote.start(withModel);
    const failedStreams = await runSteps(STREAM_STEPS, given, STEPS.length);
    for (const problem of twin.problems) process.stdout.write(`Discord would refuse: ${problem}\n`);
    if (picture !== undefined) await drawPicture(given.shown, picture);
    const steps = STEPS.length + STREAM_STEPS.length;
    const figures = { steps, failed: failed + failedStreams + (twin.problems.length > 0 ? 1 : 0) };
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    return figures.failed === 0 ? 0 : 1;
  } finally {
    await footnote.end('SIGTERM');
    await model.close();
    await twin.close();
    await drop();
  }
}
