import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runNode, startNode, stopChild, withTempFolder } from '../../bench/child.ts';

const never = new AbortController().signal;
const WAITS = ['-e', 'setInterval(() => {}, 1000)'];

describe('startNode', () => {
  it('passes only the settings named, whatever the environment says', async () => {
    const args = ['-e', 'process.stdout.write(JSON.stringify(process.env))'];
    const child = startNode({ args, settings: { DATA_DIR: '/a' }, signal: never });
    await child.done();
    expect(JSON.parse(child.stdout())).toMatchObject({ DATA_DIR: '/a', INDEX_LOCATION: '' });
  });

  it('tells what a failed process wrote', async () => {
    const args = ['-e', 'console.error("no disk"); process.exit(3)'];
    await expect(startNode({ args, signal: never }).done()).rejects.toThrow(/with 3:\nno disk/);
  });

  it('ends the process when it is aborted', async () => {
    const abort = new AbortController();
    const child = startNode({ args: WAITS, signal: abort.signal });
    const done = child.done();
    abort.abort(new Error('stopped'));
    await expect(done).rejects.toThrow('stopped');
    expect(child.process.signalCode).toBe('SIGTERM');
  });
});

describe('stopChild', () => {
  it('waits until the process is gone, and does nothing the second time', async () => {
    const { process } = startNode({ args: WAITS, signal: never });
    await stopChild(process);
    expect(process.signalCode).toBe('SIGTERM');
    await stopChild(process);
  });
});

describe('runNode', () => {
  it('gives the wall time in milliseconds', async () => {
    expect(await runNode({ args: ['-e', '0'], signal: never })).toBeGreaterThan(5);
  });
});

describe('withTempFolder', () => {
  it('removes the folder, also after an error', async () => {
    let kept = '';
    const failing = withTempFolder(async (folder) => {
      kept = folder;
      await writeFile(join(folder, 'file'), 'text');
      throw new Error('no luck');
    });
    await expect(failing).rejects.toThrow('no luck');
    expect(kept).not.toBe('');
    expect(existsSync(kept)).toBe(false);
  });
});
