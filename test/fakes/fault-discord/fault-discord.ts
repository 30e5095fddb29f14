import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, createClock } from './clock.ts';
import { Gateway } from './gateway.ts';
import { Journal, textOf } from './journal.ts';
import {
  type Channel,
  type ChannelKind,
  type Guild,
  INTENT,
  PERMISSION,
  type PermissionName,
  type Person,
  type StoredInteraction,
  type StoredMessage,
} from './model.ts';
import { People } from './people.ts';
import { RateLimits } from './rate-limits.ts';
import { answerRest } from './rest.ts';
import { RestFaults } from './rest-faults.ts';
import type { Site } from './site.ts';
import { channelJson } from './wire.ts';
import { World } from './world.ts';

export interface FaultDiscordOptions {
  /** Whether message content is switched on for the app; off by default. */
  readonly hasContentIntent?: boolean;
  /** Hosts that links may lead to. */
  readonly hosts?: readonly string[];
}

const HOSTS = [
  'arxiv.org',
  'www.arxiv.org',
  'huggingface.co',
  'alphaxiv.org',
  'www.alphaxiv.org',
  'discord.com',
];
const PATIENCE_MS = 10_000;

/**
 * A Discord on a loopback port, gateway and REST, with the limits of the real one and faults on
 * request. What the app sends that the real one would refuse, or that we never send, is noted and
 * makes `close` throw.
 */
export class FaultDiscord {
  readonly world: World;
  readonly gateway: Gateway;
  readonly journal: Journal;
  readonly people: People;
  readonly clock: Clock = createClock();
  readonly limits = new RateLimits(this.clock);
  readonly faults = new RestFaults();
  /** Every REST call that came, such as `PATCH /channels/1/messages/2`. */
  readonly calls: string[] = [];
  readonly #site: Site;
  readonly #server: Server;
  readonly guild: Guild;

  private constructor({ hasContentIntent = false, hosts = HOSTS }: FaultDiscordOptions) {
    this.world = new World(this.clock);
    this.guild = this.world.addGuild('Acme');
    this.journal = new Journal(this.world);
    const url = () => `ws://${this.#host}/gateway`;
    this.gateway = new Gateway({ world: this.world, url, hasContentIntent });
    const { world, gateway, journal } = this;
    this.#site = { world, gateway, journal, hosts: new Set(hosts), breaches: [] };
    this.people = new People(this.#site);
    const { limits, faults, calls } = this;
    const parts = { site: this.#site, limits, faults, calls, gatewayUrl: url };
    this.#server = createServer((request, response) => {
      answerRest(request, response, parts).catch((error: unknown) => {
        this.#site.breaches.push(`the fake itself failed: ${error}`);
        response.destroy();
      });
    });
    this.#server.on('upgrade', (request, stream) => this.gateway.accept(request, stream));
  }

  static async start(options: FaultDiscordOptions = {}): Promise<FaultDiscord> {
    const fake = new FaultDiscord(options);
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  /** What a client is given instead of Discord's own address. */
  get apiUrl(): string {
    return `http://${this.#host}/api`;
  }

  get token(): string {
    return this.world.token;
  }

  get #host(): string {
    const { port } = this.#server.address() as AddressInfo; // a listening TCP server has a port
    return `127.0.0.1:${port}`;
  }

  person(name: string): Person {
    return this.world.addPerson(name);
  }

  channel(name: string, kind: ChannelKind = 'text'): Channel {
    const channel = this.world.addChannel(kind, name, { guildId: this.guild.id });
    const data = channelJson(channel, this.world);
    this.gateway.dispatch({ event: 'CHANNEL_CREATE', intent: INTENT.guilds, data });
    return channel;
  }

  direct(person: Person): Channel {
    return this.world.directChannel(person);
  }

  /** From now on the bot may not do this in a channel. */
  deny(channel: Channel, ...names: readonly PermissionName[]): void {
    for (const name of names) channel.denied |= PERMISSION[name];
    const data = channelJson(channel, this.world);
    this.gateway.dispatch({ event: 'CHANNEL_UPDATE', intent: INTENT.guilds, data });
  }

  /** All that the app shows there now, and to whom it likes. */
  shown(channel: Channel): readonly StoredMessage[] {
    const { bot, messages } = this.world;
    return [...messages.values()].filter(
      ({ author, channelId, isDeleted }) =>
        author === bot && channelId === channel.id && !isDeleted,
    );
  }

  /** The message that an interaction was answered with. */
  answerTo({ originalId }: StoredInteraction): StoredMessage | undefined {
    const message = this.world.messages.get(originalId ?? '');
    return message?.isDeleted ? undefined : message;
  }

  /** Waits until one of the app's messages says this. */
  async said(text: RegExp, patienceMs = PATIENCE_MS): Promise<StoredMessage> {
    const end = Date.now() + patienceMs;
    for (;;) {
      const own = [...this.world.messages.values()].filter(({ author }) => author.isBot);
      const found = own.find((message) => !message.isDeleted && text.test(textOf(message)));
      if (found !== undefined) return found;
      if (Date.now() > end) {
        const all = own.map((message) => `- ${textOf(message)}`).join('\n');
        throw new Error(`The app never said ${text}. It said:\n${all}`);
      }
      await sleep(10);
    }
  }

  /** The breaches so far, forgotten by this: a test that expects some asks for them. */
  takeBreaches(): readonly string[] {
    return this.#site.breaches.splice(0);
  }

  /** Ends; throws when the app sent what it may not. */
  async close(): Promise<void> {
    this.gateway.killAll();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    const breaches = this.takeBreaches();
    if (breaches.length > 0) throw new Error(`Sent to Discord:\n${breaches.join('\n')}`);
  }
}
