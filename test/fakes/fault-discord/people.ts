import { randomBytes } from 'node:crypto';
import { textOf } from './journal.ts';
import { withNested } from './message-totals.ts';
import { remove, seen } from './messages.ts';
import {
  type Channel,
  INTENT,
  type InteractionKind,
  type Json,
  type Person,
  type StoredInteraction,
  type StoredMessage,
} from './model.ts';
import type { Site } from './site.ts';
import { interactionJson, messageJson } from './wire.ts';

const OPTION = { subcommand: 1, string: 3, integer: 4, boolean: 5 } as const;
const CHAT_INPUT = 1;
const MESSAGE_COMMAND = 3;
const TYPES: Readonly<Record<string, number>> = {
  string: OPTION.string,
  number: OPTION.integer,
  boolean: OPTION.boolean,
};

export type OptionValues = Readonly<Record<string, string | number | boolean>>;

export interface Saying {
  readonly text: string;
  /** Whether it begins with a mention of the app. */
  readonly isMention?: boolean;
  readonly replyTo?: StoredMessage;
  /** Whether who is replied to is told. */
  readonly isPing?: boolean;
}

interface Interacting {
  readonly kind: InteractionKind;
  readonly person: Person;
  readonly channel: Channel;
  readonly data: Json;
  readonly onMessage?: StoredMessage;
  readonly text?: string;
  readonly isUserInstall?: boolean;
}

/** What people do; each returns what Discord keeps of it. */
export class People {
  readonly #site: Site;

  constructor(site: Site) {
    this.#site = site;
  }

  say(person: Person, channel: Channel, saying: Saying): StoredMessage {
    const { text, isMention = false, replyTo, isPing = true } = saying;
    const { world, gateway, journal } = this.#site;
    const content = isMention ? `<@${world.bot.id}> ${text}` : text;
    const named = [...content.matchAll(/<@!?(\d+)>/g)].map(([, id = '']) => id);
    const pinged = replyTo !== undefined && isPing ? [replyTo.author.id] : [];
    const message = world.addMessage({
      ...{ channelId: channel.id, author: person, content },
      mentions: [...new Set([...named, ...pinged])],
      ...(replyTo !== undefined && { replyTo: replyTo.id }),
    });
    const reached = gateway.dispatch({
      event: 'MESSAGE_CREATE',
      ...seen(message, this.#site),
    });
    const { id, channelId } = message;
    journal.delivered({ id, kind: 'message', text, channelId, personId: person.id, reached });
    return message;
  }

  slash(person: Person, channel: Channel, command: string, options: OptionValues = {}) {
    const { question, ...others } = options;
    const text = typeof question === 'string' ? question : Object.values(others).join(' ');
    const data = this.#commandData(command, optionList(options));
    return this.#interact({ kind: 'command', person, channel, data, text });
  }

  /** With an app that the person has installed for themselves. */
  slashAnywhere(person: Person, channel: Channel, command: string, options: OptionValues = {}) {
    const data = this.#commandData(command, optionList(options));
    const text = String(options.question ?? '');
    return this.#interact({ kind: 'command', person, channel, data, text, isUserInstall: true });
  }

  /** While the person types into the option. */
  autocomplete(
    person: Person,
    channel: Channel,
    command: string,
    typed: { readonly option: string; readonly text: string },
  ) {
    const { option: name, text: value } = typed;
    const focused = { name, type: OPTION.string, value, focused: true };
    const data = this.#commandData(command, [focused]);
    return this.#interact({ kind: 'autocomplete', person, channel, data });
  }

  messageCommand(person: Person, target: StoredMessage, name: string) {
    const { world } = this.#site;
    const resolved = { messages: { [target.id]: messageJson(target, world) } };
    const known = this.#commandId(name, MESSAGE_COMMAND);
    const data = { id: known, name, type: MESSAGE_COMMAND, target_id: target.id, resolved };
    const channel = world.channel(target.channelId);
    return this.#interact({ kind: 'command', person, channel, data });
  }

  /** Presses the button with this label or custom id, or chooses values from such a list. */
  press(
    person: Person,
    message: StoredMessage,
    button: string,
    { values }: { readonly values?: readonly string[] } = {},
  ) {
    const found = message.components
      .flatMap(withNested)
      .find(({ label, custom_id: id }) => label === button || id === button);
    if (typeof found?.custom_id !== 'string') {
      throw new Error(`There is no button ${button} on: ${textOf(message)}`);
    }
    const channel = this.#site.world.channel(message.channelId);
    const chosen = values === undefined ? {} : { values };
    const data = { custom_id: found.custom_id, component_type: found.type, ...chosen };
    return this.#interact({ kind: 'component', person, channel, data, onMessage: message });
  }

  /** Fills in the modal that an interaction was answered with. */
  submit(asked: StoredInteraction, values: Readonly<Record<string, string>>) {
    const modal = asked.callback?.data;
    if (typeof modal?.custom_id !== 'string') throw new Error('There is no modal to submit.');
    const inputs = withNested(modal).flatMap((each) =>
      typeof each.custom_id === 'string' && each !== modal ? [each] : [],
    );
    const components = inputs.map((input, i) => ({
      type: 18,
      id: i,
      component: {
        ...{ type: input.type, custom_id: input.custom_id },
        value: values[String(input.custom_id)] ?? Object.values(values)[i] ?? '',
      },
    }));
    const { person, channelId, onMessage } = asked;
    const data = { custom_id: modal.custom_id, components };
    const channel = this.#site.world.channel(channelId);
    const text = Object.values(values).join(' ');
    const on = onMessage === undefined ? {} : { onMessage };
    return this.#interact({ kind: 'modal', person, channel, data, text, ...on });
  }

  delete(message: StoredMessage): void {
    remove(message, this.#site);
  }

  /** A moderator deletes a channel and with it all that stands in it. */
  deleteChannel(channel: Channel): void {
    const { world, gateway } = this.#site;
    for (const message of world.messagesIn(channel.id)) message.isDeleted = true;
    world.channels.delete(channel.id);
    const { id, guildId: guild_id } = channel;
    const event = channel.kind === 'thread' ? 'THREAD_DELETE' : 'CHANNEL_DELETE';
    gateway.dispatch({ event, intent: INTENT.guilds, data: { id, guild_id, type: 0 } });
  }

  #interact({ text = '', isUserInstall = false, ...given }: Interacting): StoredInteraction {
    const { world, gateway, journal } = this.#site;
    const { channel, ...fields } = given;
    const interaction: StoredInteraction = {
      id: world.clock.newId(),
      token: randomBytes(24).toString('base64url'),
      ...fields,
      channelId: channel.id,
      isUserInstall,
      sentAt: world.clock.now(),
      followUps: 0,
    };
    world.interactions.set(interaction.id, interaction);
    const data = interactionJson(interaction, world);
    const reached = gateway.dispatch({ event: 'INTERACTION_CREATE', intent: 0, data });
    const { id, channelId } = interaction;
    const personId = interaction.person.id;
    journal.delivered({ id, kind: 'interaction', text, channelId, personId, reached });
    return interaction;
  }

  #commandData(command: string, options: readonly Json[]): Json {
    const [name = '', sub] = command.split(' ');
    const nested = sub === undefined ? options : [{ name: sub, type: OPTION.subcommand, options }];
    return { id: this.#commandId(name, CHAT_INPUT), name, type: CHAT_INPUT, options: nested };
  }

  #commandId(name: string, type: number): string {
    const all = [...this.#site.world.commands.values()].flat();
    const known = all.find((each) => each.name === name && (each.type ?? CHAT_INPUT) === type);
    return known?.id ?? this.#site.world.clock.newId();
  }
}

function optionList(options: OptionValues): readonly Json[] {
  return Object.entries(options).map(([name, value]) => ({
    name,
    type: TYPES[typeof value],
    value,
  }));
}
