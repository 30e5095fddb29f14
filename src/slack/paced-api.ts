import type { ChannelPace } from './channel-pace.ts';
import { type SlackApi, SlackApiError } from './slack-api.ts';

/** What Slack counts as a message in a channel. */
const POSTS: ReadonlySet<string> = new Set(['chat.postMessage', 'chat.startStream']);
const MOST_TRIES = 4;
const LONGEST_WAIT_S = 20;

/**
 * The same Slack, with posts at the pace of their channel: each waits for its turn, and one that Slack
 * did not take has the next turn there once Slack allows it. A stream is not begun late: it is for
 * what is written now.
 */
export function createPacedApi(api: SlackApi, pace: ChannelPace): SlackApi {
  return {
    upload: (file) => api.upload(file),
    respond: (url, body, signal) => api.respond(url, body, signal),
    async call(method, args, signal) {
      if (!POSTS.has(method)) return api.call(method, args, signal);
      const channel = String(args.channel);
      for (let tries = 1; ; tries += 1) {
        await pace.turn(channel, { isAgain: tries > 1, ...(signal && { signal }) });
        try {
          return await api.call(method, args, signal);
        } catch (error) {
          const wait = error instanceof SlackApiError ? error.retryAfter : undefined;
          // What is wrong with a stream is the number of streams, whatever the channel.
          if (wait === undefined || method !== 'chat.postMessage') throw error;
          pace.pause(channel, wait * 1_000);
          if (wait > LONGEST_WAIT_S || tries === MOST_TRIES) throw error;
        }
      }
    },
  };
}
