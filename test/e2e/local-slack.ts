import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const BINARY = join(
  import.meta.dirname,
  '../../node_modules/local-slack-linux-x64/bin/local-slack',
);

/** A network of its own, with loopback alone, for the command behind it. */
export const ALONE = ['-rn', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];

/** Why there is no local-slack here; undefined where there is. */
export function whyNoLocalSlack(): string | undefined {
  if (!existsSync(BINARY)) {
    return 'the optional package local-slack-linux-x64 is not installed (Linux on x64 only)';
  }
  // It listens on every interface.
  return spawnSync('unshare', [...ALONE, 'true']).status === 0
    ? undefined
    : 'there is no "unshare" with "ip" to keep local-slack off the network';
}

export const TEAM = { id: 'T0DEMO', bot: 'U0BOT', ada: 'U0ADA', papers: 'C0PAPERS' } as const;
export const TOKENS = { SLACK_BOT_TOKEN: 'xoxb-demo', SLACK_APP_TOKEN: 'xapp-demo' } as const;
export const SIGNING_SECRET = 'signing-secret-of-the-demo';

/** Without a request URL it speaks to the app over a socket. */
function workspaceWith(requestUrl: string | undefined) {
  const over = requestUrl === undefined ? { mode: 'socket' } : { mode: 'events', requestUrl };
  return {
    workspace: { name: 'Demo', domain: 'demo', teamId: TEAM.id },
    app: {
      appId: 'A0DEMO',
      botUserId: TEAM.bot,
      botName: 'footnote',
      botToken: TOKENS.SLACK_BOT_TOKEN,
      appToken: TOKENS.SLACK_APP_TOKEN,
      signingSecret: SIGNING_SECRET,
      ...over,
    },
    users: [{ id: TEAM.ada, name: 'ada' }],
    channels: [{ id: TEAM.papers, name: 'papers', members: [TEAM.ada, TEAM.bot] }],
  };
}

export interface SlackFile {
  readonly name: string;
  readonly url_private?: string;
}

export interface SlackMessage {
  readonly ts: string;
  readonly thread_ts?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly text: string;
  readonly blocks?: readonly Record<string, unknown>[];
  readonly files?: readonly SlackFile[];
}

/** A Slack of its own on this machine, which is nobody's work of ours, and the people in it. */
export interface LocalSlack {
  readonly url: string;
  /** What the modal and the Home tab of people show now. */
  readonly views: { modal?: object; home?: object };
  say(text: string, where: { channel: string; thread_ts?: string }): Promise<SlackMessage>;
  slash(command: string, text: string): Promise<void>;
  press(message: SlackMessage, channel: string, action: object): Promise<void>;
  submit(values: object): void;
  openHome(): Promise<void>;
  messages(channel: string): Promise<readonly SlackMessage[]>;
  file(file: SlackFile): Promise<Uint8Array>;
  api(method: string, args: object): Promise<Record<string, unknown>>;
  close(): void;
}

/** Starts it; it listens on every interface, so only where there is none but loopback. */
export async function startLocalSlack(
  folder: string,
  { port, requestUrl }: { readonly port: number; readonly requestUrl?: string },
): Promise<LocalSlack> {
  const config = join(folder, 'workspace.yaml');
  // JSON is YAML.
  await writeFile(config, JSON.stringify(workspaceWith(requestUrl)));
  const args = ['--config', config, '--port', String(port), '--base-host', '127.0.0.1'];
  const child = spawn(BINARY, args, { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await untilUp(url, child);
  const views: LocalSlack['views'] = {};
  const socket = await watchViews(url, views);
  const post = (path: string, body: object) => postJson(`${url}/_control/${path}`, body);
  const user = TEAM.ada;
  return {
    url,
    views,
    async say(text, where) {
      const said = await post('message', { ...where, user, text });
      return said.message as SlackMessage;
    },
    slash: async (command, text) =>
      void (await post('command', { channel: TEAM.papers, user, command, text })),
    press: async (message, channel, action) =>
      void (await post('interact', { channel, messageTs: message.ts, user, action })),
    submit: (values) => socket.send(JSON.stringify({ t: 'view_submit', user, values })),
    openHome: async () => void (await post('open-home', { user })),
    async messages(channel) {
      const reply = await fetch(`${url}/_control/messages/${channel}`);
      const { messages } = (await reply.json()) as { messages: readonly SlackMessage[] };
      return messages;
    },
    async file({ name, url_private = '' }) {
      if (!URL.canParse(url_private)) throw new Error(`There is no link to ${name}.`);
      const headers = { Authorization: `Bearer ${TOKENS.SLACK_BOT_TOKEN}` };
      return new Uint8Array(await (await fetch(url_private, { headers })).arrayBuffer());
    },
    api: (method, body) => postJson(`${url}/api/${method}`, body, TOKENS.SLACK_BOT_TOKEN),
    close() {
      socket.close();
      child.kill('SIGKILL');
    },
  };
}

async function untilUp(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error('local-slack has ended.');
    try {
      if ((await fetch(`${url}/_control/state`)).ok) return;
    } catch {
      // Not up yet.
    }
    await sleep(50);
  }
  throw new Error('local-slack does not answer.');
}

async function watchViews(url: string, views: LocalSlack['views']): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ui`);
  socket.addEventListener('message', ({ data }) => {
    const event = JSON.parse(String(data)) as { t: string; [name: string]: unknown };
    if (event.t === 'view') views.modal = event;
    if (event.t === 'home') views.home = event;
  });
  await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  return socket;
}

async function postJson(
  url: string,
  body: object,
  token?: string,
): Promise<Record<string, unknown>> {
  const reply = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  const result = (await reply.json()) as Record<string, unknown>;
  if (result.ok === false) throw new Error(`${url}: ${JSON.stringify(result)}`);
  return result;
}

const PATIENCE_MS = 60_000;

/** What there is at last; throws when that takes too long. */
export async function until<T>(
  look: () => Promise<T | undefined>,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error('Waited in vain.');
    await sleep(40);
  }
}
