import { writeFile } from 'node:fs/promises';
import { assemble } from '../assembly.ts';
import { describeSubscription } from '../digest/describe-subscription.ts';
import type { Digest } from '../digest/digest.ts';
import { createPainter } from '../digest/draw-digest.ts';
import { checkDay, previewDigest, previewSubscription } from '../digest/preview-digest.ts';
import { readWanted } from '../digest/read-subscription.ts';
import type { Subscription } from '../digest/subscription.ts';
import { localTime } from '../digest/time-zone.ts';
import { FootnoteError } from '../errors.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { renderDigest } from '../terminal/render-digest.ts';
import { stripUnsafe } from '../terminal/safe-text.ts';
import { type CommandContext, readArguments, screenOf, wrongUsage } from './command.ts';
import { prepareLibrary } from './prepare-library.ts';
import { createDigests, type Digests } from './with-digests.ts';

const USAGE =
  'npm run digest -- preview [--date YYYY-MM-DD] (--topics "agents, diffusion" | --subscription ID) [--picture FILE.png] [--json], or npm run digest -- list';

/** `digest`: what a digest would say on any day, without sending it, and what is subscribed. */
export async function runDigest(context: CommandContext): Promise<number> {
  const { values, positionals } = readArguments(context.args, {
    options: {
      date: { type: 'string' },
      topics: { type: 'string' },
      subscription: { type: 'string' },
      picture: { type: 'string' },
      json: { type: 'boolean' },
    },
    usage: USAGE,
  });
  const [verb = '', ...more] = positionals;
  if (more.length > 0)
    throw wrongUsage(`"${more[0]}" is one word too many; put topics in quotes.`, USAGE);
  if (verb === 'list') return list(context);
  if (verb !== 'preview') throw wrongUsage('Say "preview" or "list".', USAGE);
  if ((values.topics === undefined) === (values.subscription === undefined))
    throw wrongUsage('A preview needs either --topics or --subscription.', USAGE);
  return preview(context, values);
}

interface PreviewOptions {
  readonly date?: string;
  readonly topics?: string;
  readonly subscription?: string;
  readonly picture?: string;
  readonly json?: boolean;
}

async function preview(context: CommandContext, options: PreviewOptions): Promise<number> {
  const { date, topics } = options;
  const day = date === undefined ? undefined : asUsage(() => checkDay(date));
  const wanted = topics === undefined ? undefined : asUsage(() => readWanted(topics));
  const assembly = await assemble(context.config, context.log);
  const store = await openStore({ file: context.config.stateFile });
  try {
    await prepareLibrary(assembly, context);
    const digests = createDigests({ assembly, stores: store.digestStores });
    const digest =
      wanted === undefined
        ? await ofSubscription({ id: options.subscription ?? '', day }, { store, digests })
        : await previewDigest({ ...wanted, day: day ?? today('UTC') }, digests.previewParts);
    print(digest, options, context);
    if (options.picture !== undefined) await keepPicture(digest, options.picture, context);
    return 0;
  } finally {
    await store.close();
    await assembly.close();
  }
}

/** What was typed wrong on the command line is wrong usage of it. */
function asUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FootnoteError) || error.code !== 'input') throw error;
    throw wrongUsage(error.message, USAGE);
  }
}

async function ofSubscription(
  { id, day }: { readonly id: string; readonly day: string | undefined },
  { store, digests }: { readonly store: Store; readonly digests: Digests },
): Promise<Digest> {
  const subscription = await store.digestStores.subscriptions.get(id);
  if (subscription === undefined) {
    throw wrongUsage(
      `There is no subscription "${id}"; "npm run digest -- list" shows them.`,
      USAGE,
    );
  }
  const asked = { subscription, day: day ?? today(subscription.schedule.timeZone) };
  return previewSubscription(asked, digests.previewParts);
}

function today(timeZone: string): string {
  return localTime(new Date(), timeZone).day;
}

function print(digest: Digest, { json = false }: PreviewOptions, context: CommandContext): void {
  const { stdout } = context;
  if (json) {
    stdout.write(`${JSON.stringify(digest)}\n`);
    return;
  }
  stdout.write(renderDigest(digest, screenOf(stdout)));
}

async function keepPicture(
  digest: Digest,
  file: string,
  { stderr }: CommandContext,
): Promise<void> {
  const picture = digest.kind === 'papers' ? createPainter()(digest) : undefined;
  if (picture === undefined) {
    stderr.write('There is no picture of this digest: it has too few papers to show.\n');
    return;
  }
  await writeFile(file, picture.png).catch((cause: unknown) => {
    const message = `The picture cannot be written to ${file}. Choose a file in a folder that is there and may be written.`;
    throw new FootnoteError('input', message, { cause });
  });
  stderr.write(`The picture is in ${stripUnsafe(file)}. ${stripUnsafe(picture.alt)}\n`);
}

async function list({ config, stdout }: CommandContext): Promise<number> {
  const store = await openStore({ file: config.stateFile });
  try {
    const all = await store.digestStores.subscriptions.all();
    for (const one of all) stdout.write(`${stripUnsafe(listLine(one))}\n`);
    if (all.length === 0)
      stdout.write('Nothing is subscribed yet. Set up digests from Slack or Discord.\n');
    return 0;
  } finally {
    await store.close();
  }
}

function listLine(subscription: Subscription): string {
  const { id, place } = subscription;
  return `${id}  ${place.platform} ${place.channelId}: ${describeSubscription(subscription)}`;
}
