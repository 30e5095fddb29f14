import { setTimeout as sleep } from 'node:timers/promises';

const ATTEMPTS = 4;
const WAIT_MS = 50;

/** Does a step of the store that may be done twice; tries again when it fails, then throws. */
export async function persist<T>(step: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await step();
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await sleep(WAIT_MS * 2 ** attempt);
    }
  }
}
