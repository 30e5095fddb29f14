import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createBatchClient } from '../../src/llm/openai-batch-client.ts';

const LINES = 3_000;

/** A server whose output file has 300 MB, made as it is sent; says how many lines it has sent. */
async function startLargeFile() {
  const sent = { lines: 0 };
  const embedding = Array.from({ length: 5_000 }, (_, i) => i / 7_777_777);
  const body = { data: [{ index: 0, embedding }] };
  const server = createServer(async (_, response) => {
    const closed = once(response, 'close');
    while (sent.lines < LINES && !response.destroyed) {
      const line = { custom_id: `é-${sent.lines}`, response: { status_code: 200, body } };
      sent.lines += 1;
      if (!response.write(`${JSON.stringify(line)}\n`)) {
        await Promise.race([once(response, 'drain'), closed]);
      }
    }
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // a listening TCP server has a port
  return { sent, baseUrl: `http://127.0.0.1:${port}/v1` };
}

it('reads results no faster than they are stored', async () => {
  const { sent, baseUrl } = await startLargeFile();
  const client = await createBatchClient({ model: 'tiny', apiKey: 'none', baseUrl });
  const batch = { id: 'b', kind: 'completed', done: 1, total: 1, outputFile: 'f' } as const;
  let read = 0;
  let furthestAhead = 0;
  for await (const result of client.results(batch)) {
    expect(result.id).toBe(`é-${read}`);
    read += 1;
    if (read % 50 === 1) await sleep(20);
    furthestAhead = Math.max(furthestAhead, sent.lines - read);
    if (read === 500) break;
  }
  expect(read).toBe(500);
  // What sockets and streams hold, some megabytes of lines of 0.1 MB.
  expect(furthestAhead).toBeLessThan(150);
});
