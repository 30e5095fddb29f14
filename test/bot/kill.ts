import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** With -9, and waits until it is gone; does nothing to one that has ended. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
