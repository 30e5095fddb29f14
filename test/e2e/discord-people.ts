import type { APIMessage } from 'discord.js';
import { SERVER, type Twin } from '../discord/twin.ts';
import { until } from './local-slack.ts';

const { papers, ada } = SERVER;

/** What stands in a button or a list. */
interface Piece {
  readonly custom_id?: string;
  readonly content?: string;
  readonly label?: string;
  readonly components?: readonly Piece[];
}

/** What Ada does in Discord, and what she sees of it. */
export interface Ada {
  say(content: string, channelId?: string, repliesTo?: string): Promise<APIMessage>;
  /** A command in the channel of the papers, and the reply that is not "thinking" any more. */
  command(name: string, options: readonly Option[], channelId?: string): Promise<APIMessage>;
  /** What is offered while she types an option of `/papers show`. */
  type(words: string): Promise<readonly { readonly name: string; readonly value: string }[]>;
  /** Presses a button and gets what it replies. */
  press(message: APIMessage, action: string): Promise<APIMessage>;
  choose(message: APIMessage, action: string, values: readonly string[]): Promise<APIMessage>;
  /** A menu entry of a message, then the form that it opens. */
  askAbout(message: APIMessage, question: string): Promise<APIMessage>;
  /** The first message of ours in a channel that fits, after another one. */
  sees(channelId: string, after: string): Promise<APIMessage>;
}

export interface Option {
  readonly name: string;
  readonly type: number;
  readonly value?: string | boolean;
  readonly options?: readonly Option[];
  readonly focused?: boolean;
}

const ANY_ID = '1'.repeat(18);

/** A first answer that changes the message that was pressed. */
const UPDATE = 6;

/** Ada in the twin. */
export function createAda(twin: Twin): Ada {
  const { discord } = twin;
  const raw = (
    type: number,
    data: object,
    { messageId, channelId = papers }: { messageId?: string; channelId?: string } = {},
  ) =>
    discord.simulateInteraction({
      type,
      channelId,
      userId: ada,
      data: { ...data },
      ...(messageId !== undefined && { messageId }),
    });
  const replyTo = async ({ id }: { readonly id: string }) => {
    const { messageId } = await until(async () => {
      const response = await discord.channel(papers).getInteractionResponse(id);
      return response?.messageId ? { messageId: response.messageId } : undefined;
    });
    return until(async () => settled(await find(twin, messageId)));
  };
  return {
    say: (content, channelId = papers, repliesTo) =>
      discord
        .channel(channelId)
        .user(ada)
        .sendMessage({
          content,
          ...(repliesTo !== undefined && {
            messageReference: { message_id: repliesTo, channel_id: channelId },
          }),
        }),
    command: async (name, options, channelId = papers) =>
      replyTo(await raw(2, { id: ANY_ID, name, type: 1, options }, { channelId })),
    async type(value) {
      const focused = { name: 'paper', type: 3, value, focused: true };
      const options = [{ name: 'show', type: 1, options: [focused] }];
      const { id } = await raw(4, { id: ANY_ID, name: 'papers', type: 1, options });
      const { data } = await until(async () => {
        const response = await discord.channel(papers).getInteractionResponse(id);
        return response?.data ? { data: response.data } : undefined;
      });
      return (JSON.parse(data) as { choices: { name: string; value: string }[] }).choices;
    },
    async press(message, action) {
      const custom_id = idOf(message, action);
      const pressed = await raw(3, { custom_id, component_type: 2 }, at(message));
      const type = await until(async () => {
        const response = await discord.channel(papers).getInteractionResponse(pressed.id);
        return response?.acknowledged ? response.type : undefined;
      });
      return type === UPDATE ? changed(twin, message) : replyTo(pressed);
    },
    async choose(message, action, values) {
      const custom_id = idOf(message, action);
      await raw(3, { custom_id, component_type: 3, values }, at(message));
      return changed(twin, message);
    },
    async askAbout(message, question) {
      const messages = { [message.id]: message };
      const menu = { id: ANY_ID, name: 'Ask the papers about this', type: 3 };
      const { id } = await raw(2, { ...menu, target_id: message.id, resolved: { messages } });
      const form = await until(async () => {
        const response = await discord.channel(papers).getInteractionResponse(id);
        return response?.data ? JSON.parse(response.data) : undefined;
      });
      const field = { type: 4, custom_id: 'question', value: question };
      const components = [{ type: 18, component: field }];
      return replyTo(await raw(5, { custom_id: form.custom_id, components }));
    },
    sees: (channelId, after) =>
      until(async () => {
        const all = await discord.channel(channelId).getMessages();
        const ours = all.filter(({ id, author }) => author.id === SERVER.bot && newer(id, after));
        return settled(ours[0]);
      }),
  };
}

async function changed(twin: Twin, { id, components }: APIMessage): Promise<APIMessage> {
  const before = JSON.stringify(components);
  return until(async () => {
    const message = await find(twin, id);
    return JSON.stringify(message?.components) === before ? undefined : message;
  });
}

async function find({ discord }: Twin, messageId: string): Promise<APIMessage | undefined> {
  const row = await discord.prisma.message.findUnique({ where: { id: messageId } });
  if (row === null) return undefined;
  const all = await discord.channel(row.channelId).getMessages();
  return all.find(({ id }) => id === messageId);
}

function at({ id, channel_id }: APIMessage) {
  return { messageId: id, channelId: channel_id };
}

/** A card: what came before it, such as "Searching", is bare text. */
function settled(message: APIMessage | undefined): APIMessage | undefined {
  const [first] = (message?.components ?? []) as readonly { readonly type: number }[];
  return first?.type === 17 ? message : undefined;
}

function newer(id: string, than: string): boolean {
  return BigInt(id) > BigInt(than);
}

/** The id of a button or list by its beginning. */
export function idOf(message: APIMessage, action: string): string {
  const found = piecesIn(message.components).find(({ custom_id }) => custom_id?.startsWith(action));
  if (found?.custom_id === undefined) throw new Error(`There is no ${action} to press.`);
  return found.custom_id;
}

/** What a message says, line by line. */
export function linesOf(message: APIMessage): readonly string[] {
  const pieces = piecesIn(message.components);
  const texts = pieces.flatMap(({ content }) => content?.split('\n') ?? []);
  const buttons = pieces.flatMap(({ label }) => label ?? []);
  const shown = texts.map((line) => line.slice(0, 160));
  return [...shown, ...(buttons.length === 0 ? [] : [`(${buttons.join(' | ')})`])];
}

function piecesIn(components: unknown): readonly Piece[] {
  const list = (components ?? []) as readonly Piece[];
  return list.flatMap((piece) => [piece, ...piecesIn(piece.components)]);
}
