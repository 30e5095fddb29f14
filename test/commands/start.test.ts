import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { finished, makeDataDir, type Run, startFootnote, written } from './run-footnote.ts';

const ALL_PAGES = join(import.meta.dirname, '../../data/pages');
const QUESTION = 'how does DADAO decouple communication from computation?';

let dataDir: string;
let drop: () => Promise<void>;
let children: ChildProcess[];
beforeEach(async () => {
  ({ dataDir, drop } = await makeDataDir());
  children = [];
});
afterEach(async () => {
  for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
  await drop();
});

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly ended: Promise<Run>;
  said(pattern: RegExp): Promise<unknown>;
}

async function start(env: Readonly<Record<string, string>> = {}): Promise<Started> {
  const child = startFootnote(['start'], { dataDir, env: { PORT: '0', ...env } });
  children.push(child);
  const address = written(child, /Footnote is at (http:\S+) /);
  const ended = finished(child);
  const [, url = ''] = await address;
  return { child, url, ended, said: (pattern) => written(child, pattern) };
}

async function stop({ child, ended }: Started): Promise<Run> {
  child.kill('SIGTERM');
  return ended;
}

const Asked = z.looseObject({
  kind: z.string(),
  citations: z.array(z.looseObject({ title: z.string() })),
  trace: z.looseObject({ answerId: z.string(), mode: z.string() }),
});

const Readiness = z.looseObject({ ready: z.boolean(), papers: z.number() });

async function ask(url: string, question: string) {
  const reply = await fetch(`${url}/api/ask`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ question }),
  });
  expect(reply.status).toBe(200);
  return Asked.parse(await reply.json());
}

async function readiness(url: string): Promise<unknown> {
  return (await fetch(`${url}/readyz`)).json();
}

async function isReady(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if ((await fetch(`${url}/readyz`)).status === 200) {
      const { phase } = (await readiness(url)) as { phase: string };
      if (phase === 'ready') return;
    }
    await sleep(100);
  }
  throw new Error('never ready');
}

/** The processes that this one has started, where the system tells. */
function childrenOf({ pid = 0 }: ChildProcess): readonly number[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file) ? (readFileSync(file, 'utf8').match(/\d+/g) ?? []).map(Number) : [];
}

describe('start', () => {
  it('is alive at once, makes its index meanwhile, answers, and ends with 0 when told', async () => {
    const started = await start();
    const health = await fetch(`${started.url}/healthz`);
    expect([health.status, await health.text()]).toEqual([200, 'ok']);
    await isReady(started.url);
    expect(await readiness(started.url)).toEqual({
      ready: true,
      phase: 'ready',
      papers: 14,
      embedded: 14,
    });
    const answer = await ask(started.url, QUESTION);
    expect(answer).toMatchObject({ kind: 'answered', trace: { mode: 'extractive' } });
    expect(answer.citations[0]?.title).toMatch(/^DADAO/);
    const page = await fetch(`${started.url}/a/${answer.trace.answerId}`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(QUESTION)]);
    const { code, stdout, stderr } = await stop(started);
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain('The index is whole: 14 papers.');
    expect(stderr).not.toContain('wrong');
  });

  // The first second was answered with "0 abstracts I hold", and ready with two pages of four read.
  it('answers no question and is not ready before all papers are read', async () => {
    const started = await start({ PAGES_DIR: ALL_PAGES });
    const answer = ask(started.url, QUESTION);
    const seen = { early: 0 };
    for (let isReady = false; !isReady; await sleep(10)) {
      const { ready, papers } = Readiness.parse(await readiness(started.url));
      if (ready) expect(papers).toBe(386);
      else seen.early += 1;
      isReady = ready;
    }
    expect(seen.early).toBeGreaterThan(0);
    const { kind, citations, trace } = await answer;
    expect([kind, citations[0]?.title]).toEqual(['answered', expect.stringMatching(/^DADAO/)]);
    expect(trace.mode).toMatch(/ of 386 papers|^extractive$/);
  });

  it('keeps its answers over a restart', async () => {
    const one = await start();
    await isReady(one.url);
    const { trace } = await ask(one.url, QUESTION);
    expect((await stop(one)).code).toBe(0);
    const other = await start();
    const page = await fetch(`${other.url}/a/${trace.answerId}`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(QUESTION)]);
    const { code, stderr } = await stop(other);
    expect(code).toBe(0);
    expect(stderr).not.toContain('The index is whole');
  });

  it('answers from words alone while vectors are made, says so, and stops within seconds', async () => {
    const started = await start({ PAGES_DIR: ALL_PAGES });
    await started.said(/Questions are answered from words alone/);
    const ready = await readiness(started.url);
    expect(ready).toMatchObject({ ready: true, phase: 'words-only' });
    const answer = await ask(started.url, QUESTION);
    expect(answer.trace.mode).toMatch(/words alone: vectors are there for \d+ of \d+ papers/);
    expect(answer.citations[0]?.title).toMatch(/^DADAO/);
    const page = await (await fetch(started.url)).text();
    expect(page).toContain('Answering from words alone');
    const embedders = childrenOf(started.child);
    const told = performance.now();
    const { code, stderr } = await stop(started);
    expect(performance.now() - told).toBeLessThan(8_000);
    expect([code, stderr]).toEqual([0, expect.not.stringMatching(/wrong|Error/)]);
    for (const pid of embedders) expect(existsSync(`/proc/${pid}/cmdline`)).toBe(false);
  });

  it('stops at once when it is told to before it is ready', async () => {
    const child = startFootnote(['start'], { dataDir, env: { PORT: '0', PAGES_DIR: ALL_PAGES } });
    children.push(child);
    const ended = finished(child);
    await written(child, /Footnote is at/);
    child.kill('SIGINT');
    const { code, ms } = await ended;
    expect(code).toBe(0);
    expect(ms).toBeLessThan(20_000);
  });

  it('tells in a sentence that its port is taken, and ends with 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const child = startFootnote(['start'], { dataDir, env: { PORT: String(port) } });
    children.push(child);
    const { code, stdout, stderr } = await finished(child);
    other.close();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      `Port ${port} on 127.0.0.1 is taken by another program. Stop that program, or set PORT to another port.\n`,
    );
  });
});
