import { type App, type Receiver, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt';
import { SILENT } from './slack-api.ts';

/** How the sockets are opened. */
export interface SocketOptions {
  readonly appToken: string;
  readonly apiUrl?: string;
  /** Slack refreshes each connection now and then, and it is deaf meanwhile for five seconds. */
  readonly connections: number;
}

/**
 * Socket Mode over several connections. The socket has client options of its own: shared with the Web
 * API's, its reconnecting breaks. An event is acknowledged only when it was taken in, so that Slack
 * sends again what died with the process; Bolt would acknowledge it before.
 */
export function createSocketReceiver({ appToken, apiUrl, connections }: SocketOptions): Receiver {
  const sockets = Array.from(
    { length: connections },
    () =>
      new SocketModeReceiver({
        appToken,
        logger: SILENT,
        installerOptions: { clientOptions: apiUrl === undefined ? {} : { slackApiUrl: apiUrl } },
      }),
  );
  return {
    init(app) {
      // The receivers use nothing of an app but this method.
      const holding = { processEvent: (event: ReceiverEvent) => takeIn(event, app) } as App;
      for (const socket of sockets) socket.init(holding);
    },
    start: () => Promise.all(sockets.map((socket) => socket.start())),
    stop: () => Promise.all(sockets.map((socket) => socket.stop())),
  };
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
