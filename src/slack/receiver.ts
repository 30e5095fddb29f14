import { type App, type Receiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../log.ts';
import { keepSocket, type SocketAttempt } from './kept-socket.ts';
import { SILENT, type SlackApiError } from './slack-api.ts';

/** How the sockets are opened. */
export interface SocketOptions {
  readonly appToken: string;
  readonly apiUrl?: string;
  /** Slack renews each connection now and then, and it is deaf meanwhile. */
  readonly connections: number;
}

/** Socket Mode, and why it ended for ever where it did. */
export interface SocketReceiver extends Receiver {
  readonly lost: Promise<SlackApiError>;
}

/**
 * Socket Mode over several connections. An event is acknowledged only when it was taken in, so that
 * Slack sends again what died with the process; Bolt would acknowledge it before.
 */
export function createSocketReceiver(
  options: SocketOptions,
  { log }: { readonly log: Pick<Log, 'warn'> },
): SocketReceiver {
  const state: { app?: App } = {};
  const sockets = Array.from({ length: options.connections }, () =>
    keepSocket({ attempt: () => createAttempt(options, state.app), log }),
  );
  return {
    init(app) {
      // The receivers use nothing of an app but this method.
      state.app = { processEvent: (event: ReceiverEvent) => takeIn(event, app) } as App;
    },
    start: () => Promise.all(sockets.map((socket) => socket.start())),
    stop: async () => {
      for (const socket of sockets) socket.stop();
    },
    lost: Promise.race(sockets.map(({ lost }) => lost)),
  };
}

/** The socket has client options of its own: shared with the Web API's, its calls break. */
function createAttempt({ appToken, apiUrl }: SocketOptions, app: App | undefined): SocketAttempt {
  const socket = new SocketModeReceiver({
    appToken,
    logger: SILENT,
    autoReconnectEnabled: false,
    installerOptions: {
      clientOptions: {
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        timeout: 15_000,
        ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
      },
    },
  });
  if (app !== undefined) socket.init(app);
  const ended = new Promise<void>((resolve) => {
    socket.client.once('disconnected', () => resolve());
  });
  return { open: async () => void (await socket.start()), ended, close: () => void socket.stop() };
}

/** Takes an event in, then acknowledges it; rejects without acknowledging where that failed. */
export async function takeIn(event: ReceiverEvent, app: Pick<App, 'processEvent'>): Promise<void> {
  // That events of the last minute were held back; we have nothing to do about it.
  if (event.body.type === 'app_rate_limited') return event.ack();
  if (event.body.type !== 'event_callback') return app.processEvent(event);
  // Rejects when the event was not taken in: the receiver then acknowledges nothing.
  await app.processEvent({ ...event, ack: async () => {} });
  await event.ack();
}
