import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import { type CommandList, listCommands } from './commands.ts';
import { toDiscordError } from './discord-error.ts';
import { readSelf } from './rest-api.ts';

/** What registering did. */
export interface Registered {
  readonly kind: 'unchanged' | 'set';
  readonly names: readonly string[];
}

interface RegisterOptions {
  /** One server, where they are there at once; without it all servers. */
  readonly guildId?: string;
}

const Stored = z.array(z.record(z.string(), z.unknown()));

/**
 * Makes Discord's list of our commands ours, where it differs: setting it costs of what a day allows.
 * Throws DiscordError.
 */
export async function registerCommands(
  rest: REST,
  options: RegisterOptions = {},
): Promise<Registered> {
  const { route, wanted, there } = await compare(rest, options);
  const names = wanted.map(({ name }) => name);
  if (isSame(there, wanted)) return { kind: 'unchanged', names };
  try {
    await rest.put(route, { body: wanted });
  } catch (error) {
    throw toDiscordError('register', error);
  }
  return { kind: 'set', names };
}

/** Whether Discord holds our commands as they are now. Throws DiscordError. */
export async function areRegistered(rest: REST, options: RegisterOptions = {}): Promise<boolean> {
  const { wanted, there } = await compare(rest, options);
  return isSame(there, wanted);
}

async function compare(rest: REST, { guildId }: RegisterOptions) {
  const { applicationId } = await readSelf(rest);
  const isForOneServer = guildId !== undefined;
  const route = isForOneServer
    ? Routes.applicationGuildCommands(applicationId, guildId)
    : Routes.applicationCommands(applicationId);
  const wanted = listCommands({ isForOneServer });
  return { route, wanted, there: await readCommands(rest, route) };
}

async function readCommands(rest: REST, route: `/${string}`) {
  try {
    // Without it names in other languages are left out, and every list looks different.
    const query = new URLSearchParams({ with_localizations: 'true' });
    return Stored.parse(await rest.get(route, { query }));
  } catch (error) {
    throw toDiscordError('list-commands', error);
  }
}

/** What we set; Discord adds ids, versions and defaults. */
const OURS: ReadonlySet<string> = new Set([
  'type',
  'name',
  'name_localizations',
  'description',
  'description_localizations',
  'options',
  'required',
  'autocomplete',
  'choices',
  'value',
  'min_length',
  'max_length',
  'contexts',
  'integration_types',
]);

function isSame(there: readonly unknown[], wanted: CommandList): boolean {
  return canonicalList(there) === canonicalList(wanted);
}

function canonicalList(commands: readonly unknown[]): string {
  return JSON.stringify(commands.map((each) => JSON.stringify(canonical(each))).toSorted());
}

/** The same for lists that say the same: keys in order, and nothing that stands for nothing. */
function canonical(value: unknown, isNamed = true): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(item));
    return items.every((item) => typeof item === 'number') ? items.toSorted() : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([name, each]) => (!isNamed || OURS.has(name)) && !isNothing(each))
    .map(([name, each]) => [name, canonical(each, !name.endsWith('_localizations'))] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}

function isNothing(value: unknown): boolean {
  return (
    value == null || value === false || value === '' || (Array.isArray(value) && value.length === 0)
  );
}
