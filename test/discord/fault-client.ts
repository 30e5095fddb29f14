import {
  Client,
  Events,
  GatewayIntentBits,
  type Interaction,
  type Message,
  Partials,
} from 'discord.js';
import type { FaultDiscord } from '../fakes/fault-discord/fault-discord.ts';

const { Guilds, GuildMessages, DirectMessages, MessageContent } = GatewayIntentBits;

/** A client of discord.js with nothing of ours in it. */
export interface BareClient {
  readonly client: Client<true>;
  readonly interactions: readonly Interaction[];
  readonly messages: readonly Message[];
  readonly errors: readonly Error[];
  close(): Promise<void>;
}

interface BareOptions {
  readonly withContent?: boolean;
  readonly token?: string;
  readonly onInteraction?: (interaction: Interaction) => unknown;
}

/** Logs in and waits until the server is known; it mentions nobody, as ours. */
export async function openBareClient(
  discord: FaultDiscord,
  { withContent = false, token = discord.token, onInteraction }: BareOptions = {},
): Promise<BareClient> {
  const client = new Client({
    intents: [Guilds, GuildMessages, DirectMessages, ...(withContent ? [MessageContent] : [])],
    partials: [Partials.Channel],
    allowedMentions: { parse: [], repliedUser: false },
    enforceNonce: true,
    rest: { api: discord.apiUrl },
    ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) },
  });
  const [interactions, messages, errors] = [[], [], []] as [Interaction[], Message[], Error[]];
  client.on(Events.Error, (error) => errors.push(error));
  client.on(Events.MessageCreate, (message) => messages.push(message));
  client.on(Events.InteractionCreate, async (interaction) => {
    interactions.push(interaction);
    await onInteraction?.(interaction);
  });
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(token);
  return {
    client: await ready,
    interactions,
    messages,
    errors,
    close: () => client.destroy(),
  };
}
