import { CODES, DiscordError } from './discord-error.ts';

/** After so many refusals in a row a channel is left alone for a while. */
const MOST_REFUSALS = 3;
const CLOSED_MS = 10 * 60_000;
const REMEMBERED = 1_000;

/** Channels that do not let us write: Discord shuts a bot out that keeps asking. */
export interface ClosedChannels {
  /** Does the work, unless the channel is closed: then it throws what Discord said before. */
  guard<T>(channelId: string, work: () => Promise<T>): Promise<T>;
}

/** `now` is in milliseconds that only grow. */
export function createClosedChannels(now: () => number): ClosedChannels {
  const refused = new Map<string, { readonly count: number; readonly at: number }>();
  const note = (channelId: string) => {
    const { count } = refused.get(channelId) ?? { count: 0 };
    refused.delete(channelId);
    refused.set(channelId, { count: count + 1, at: now() });
    const [oldest] = refused.keys();
    if (refused.size > REMEMBERED && oldest !== undefined) refused.delete(oldest);
  };
  return {
    async guard(channelId, work) {
      const before = refused.get(channelId);
      if (before !== undefined && now() - before.at > CLOSED_MS) refused.delete(channelId);
      else if (before !== undefined && before.count >= MOST_REFUSALS) throw closed();
      try {
        const done = await work();
        refused.delete(channelId);
        return done;
      } catch (error) {
        if (error instanceof DiscordError && error.status === 403) note(channelId);
        throw error;
      }
    },
  };
}

function closed(): DiscordError {
  const code = CODES.missingAccess;
  return new DiscordError({ what: 'send', status: 403, code, reason: 'it was refused before' });
}
