import { describe, expect, it } from 'vitest';
import { takeIn } from '../../src/slack/receiver.ts';

function eventOf(type: string, log: string[]) {
  return { body: { type }, ack: async () => void log.push('ack') };
}

describe('an event', () => {
  it('is acknowledged when it was taken in, not before', async () => {
    const log: string[] = [];
    await takeIn(eventOf('event_callback', log), {
      async processEvent({ ack }) {
        // Bolt acknowledges at once.
        await ack();
        log.push('stored');
      },
    });
    expect(log).toEqual(['stored', 'ack']);
  });

  it('is not acknowledged when it was not taken in: Slack sends it again', async () => {
    const log: string[] = [];
    const failing = { processEvent: () => Promise.reject(new Error('the disk is full')) };
    await expect(takeIn(eventOf('event_callback', log), failing)).rejects.toThrow('disk');
    expect(log).toEqual([]);
  });

  it('that a person waits for is acknowledged by its listener', async () => {
    const log: string[] = [];
    await takeIn(eventOf('block_actions', log), {
      async processEvent({ ack }) {
        await ack();
        log.push('worked');
      },
    });
    expect(log).toEqual(['ack', 'worked']);
  });
});
