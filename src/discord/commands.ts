import {
  type APIApplicationCommandOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord.js';
import { LANGUAGES, NAMES, WORDS } from './command-words.ts';
import { COMMANDS } from './custom-id.ts';

/** As Discord is told them, all at once. */
export type CommandList = RESTPutAPIApplicationCommandsJSONBody;

/** Where commands can be called, which only commands for all servers may say. */
const EVERYWHERE = {
  integration_types: [
    ApplicationIntegrationType.GuildInstall,
    ApplicationIntegrationType.UserInstall,
  ],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};

const LONGEST_QUESTION = 2_000;
const LONGEST_NAMED = 300;

/** All commands: for all servers, or for one alone. */
export function listCommands({
  isForOneServer,
}: {
  readonly isForOneServer: boolean;
}): CommandList {
  const where = isForOneServer ? {} : EVERYWHERE;
  return [
    {
      type: ApplicationCommandType.ChatInput,
      ...named('ask'),
      options: [
        textOption('question', { max_length: LONGEST_QUESTION }),
        { type: ApplicationCommandOptionType.Boolean, ...named('private') },
      ],
      ...where,
    },
    {
      type: ApplicationCommandType.ChatInput,
      ...named('papers'),
      options: [
        subcommand('search', [textOption('words', { max_length: LONGEST_NAMED })]),
        subcommand('similar', [paperOption('paper')]),
        subcommand('compare', [paperOption('one'), paperOption('other')]),
        subcommand('show', [paperOption('paper')]),
        subcommand('status'),
        subcommand('help'),
        subcommand('recent'),
        subcommand('export'),
        subcommand('forget'),
        subcommand('settings', [whereOption()]),
      ],
      ...where,
    },
    {
      type: ApplicationCommandType.Message,
      name: COMMANDS.askAbout,
      name_localizations: inEnglishToo(COMMANDS.askAbout, NAMES.askAbout),
      ...where,
    },
  ];
}

type Named = keyof typeof WORDS;
type InOptions<T> = T extends readonly (infer O)[] ? O : never;
type BasicOption = InOptions<APIApplicationCommandSubcommandOption['options']>;

function named(key: Named) {
  const { en, ...others } = WORDS[key];
  const [name, description] = en;
  const each = (part: 0 | 1) =>
    Object.fromEntries(Object.entries(others).map(([language, words]) => [language, words[part]]));
  return {
    name,
    name_localizations: inEnglishToo(name, each(0)),
    description,
    description_localizations: inEnglishToo(description, each(1)),
  };
}

/** With its default in American English alone, people of other English settings may see others'. */
function inEnglishToo(english: string, others: Readonly<Record<string, string>>) {
  const entries = ['en-US', ...LANGUAGES].map((language) => [
    language,
    others[language] ?? english,
  ]);
  return Object.fromEntries(entries) as Record<string, string>; // pairs of strings
}

function subcommand(key: Named, options: BasicOption[] = []): APIApplicationCommandOption {
  return { type: ApplicationCommandOptionType.Subcommand, ...named(key), options };
}

function textOption(key: Named, more: { readonly max_length: number }) {
  const type = ApplicationCommandOptionType.String as const;
  return { type, ...named(key), required: true, min_length: 1, ...more };
}

/** Offers titles while somebody types. */
function paperOption(key: Named) {
  return { ...textOption(key, { max_length: LONGEST_NAMED }), autocomplete: true as const };
}

function whereOption(): BasicOption {
  const choice = (name: string, value: 'channel' | 'workspace') => ({
    name,
    name_localizations: inEnglishToo(name, NAMES[value]),
    value,
  });
  return {
    type: ApplicationCommandOptionType.String,
    ...named('where'),
    choices: [choice('this channel', 'channel'), choice('whole server', 'workspace')],
  };
}
