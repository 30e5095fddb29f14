import { randomBytes } from 'node:crypto';
import { type Clock, isLater } from './clock.ts';
import {
  BOT_PERMISSIONS,
  type Channel,
  type ChannelKind,
  type Guild,
  PERMISSION,
  type PermissionName,
  type Person,
  Refusal,
  type StoredInteraction,
  type StoredMessage,
} from './model.ts';

/** All that this Discord knows. */
export class World {
  readonly token = `fault.${randomBytes(4).toString('hex')}.${randomBytes(16).toString('hex')}`;
  readonly clock: Clock;
  readonly bot: Person;
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>();
  readonly people = new Map<string, Person>();
  readonly messages = new Map<string, StoredMessage>();
  readonly interactions = new Map<string, StoredInteraction>();
  /** By scope: a server's id, or `global`. */
  readonly commands = new Map<string, readonly (Record<string, unknown> & { id: string })[]>();

  constructor(clock: Clock) {
    this.clock = clock;
    this.bot = this.addPerson('Footnote', true);
  }

  /** Of the app and of its bot user alike, as with every app of recent years. */
  get appId(): string {
    return this.bot.id;
  }

  addPerson(name: string, isBot = false): Person {
    const person = { id: this.clock.newId(), name, isBot, isManager: false, isClosed: false };
    this.people.set(person.id, person);
    return person;
  }

  addGuild(name: string, hasBot = true): Guild {
    const guild = { id: this.clock.newId(), name, hasBot };
    this.guilds.set(guild.id, guild);
    return guild;
  }

  addChannel(
    kind: ChannelKind,
    name: string,
    where: Partial<Pick<Channel, 'id' | 'guildId' | 'parentId' | 'ownerId' | 'withId'>>,
  ): Channel {
    const flags = { denied: 0n, isLocked: false, isArchived: false };
    const channel: Channel = { id: this.clock.newId(), kind, name, ...where, ...flags };
    this.channels.set(channel.id, channel);
    return channel;
  }

  directChannel(person: Person): Channel {
    const known = [...this.channels.values()].find(({ withId }) => withId === person.id);
    return known ?? this.addChannel('dm', person.name, { withId: person.id });
  }

  addMessage(
    fields: Pick<StoredMessage, 'channelId' | 'author'> & Partial<StoredMessage>,
  ): StoredMessage {
    const message: StoredMessage = {
      id: this.clock.newId(),
      content: '',
      embeds: [],
      components: [],
      files: [],
      flags: 0,
      mentions: [],
      reactions: [],
      edits: 0,
      isDeleted: false,
      isCrossposted: false,
      ...fields,
    };
    this.messages.set(message.id, message);
    return message;
  }

  /** Those that stand in a channel and everybody there sees, oldest first. */
  messagesIn(channelId: string): readonly StoredMessage[] {
    return [...this.messages.values()]
      .filter((m) => m.channelId === channelId && !m.isDeleted && m.onlyFor === undefined)
      .toSorted((one, other) => (isLater(one.id, other.id) ? 1 : -1));
  }

  /** Throws what Discord answers where there is none. */
  channel(id: string): Channel {
    const channel = this.channels.get(id);
    if (channel === undefined) throw new Refusal(404, 10_003, 'Unknown Channel');
    return channel;
  }

  message(channelId: string, id: string): StoredMessage {
    const message = this.messages.get(id);
    const isThere = message?.channelId === channelId && !message.isDeleted;
    if (!isThere || message.onlyFor !== undefined)
      throw new Refusal(404, 10_008, 'Unknown Message');
    return message;
  }

  person(id: string): Person {
    const person = this.people.get(id);
    if (person === undefined) throw new Refusal(404, 10_013, 'Unknown User');
    return person;
  }

  /** What the bot may do in a channel; a thread has the permissions of what it stands in. */
  permissions({ kind, guildId, parentId, denied }: Channel): bigint {
    if (kind === 'dm') return BOT_PERMISSIONS;
    if (guildId === undefined || !this.guilds.get(guildId)?.hasBot) return 0n;
    const above = parentId === undefined ? undefined : this.channels.get(parentId);
    return BOT_PERMISSIONS & ~denied & ~(above?.denied ?? 0n);
  }

  /** Throws as Discord does where the bot may not. */
  demand(channel: Channel, ...names: readonly PermissionName[]): void {
    const has = this.permissions(channel);
    if ((has & PERMISSION.ViewChannel) === 0n) throw new Refusal(403, 50_001, 'Missing Access');
    for (const name of names) {
      if ((has & PERMISSION[name]) === 0n) throw new Refusal(403, 50_013, 'Missing Permissions');
    }
  }
}
