import { createHash } from 'node:crypto';

/** Platforms take nonces of up to 25 characters. */
const LENGTH = 22;

/** The name of a delivery, which every process makes alike: letters and digits. */
export function deliveryKey(subscriptionId: string, period: string): string {
  const digest = createHash('sha256').update(`${subscriptionId}\n${period}`).digest('base64url');
  return digest.replace(/[-_]/g, '').padEnd(LENGTH, '0').slice(0, LENGTH);
}
