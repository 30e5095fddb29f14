import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/discord/command-words.ts';
import { type CommandList, listCommands } from '../../src/discord/commands.ts';
import { problemsOfRequest } from './judge.ts';

interface Named {
  readonly name: string;
  readonly type?: number;
  readonly description?: string;
  readonly name_localizations?: Readonly<Record<string, string>>;
  readonly description_localizations?: Readonly<Record<string, string>>;
  readonly options?: readonly Named[];
  readonly choices?: readonly Named[];
}

/** Commands, their options and choices, in one list. */
function allIn(list: readonly Named[]): readonly Named[] {
  return list.flatMap((each) => [each, ...allIn(each.options ?? []), ...allIn(each.choices ?? [])]);
}

// Foreign types: their unions are narrowed to what is looked at here.
const named = (list: CommandList) => allIn(list as readonly Named[]);
const everywhere = listCommands({ isForOneServer: false });
const MENU = 3;

describe('the commands', () => {
  it.each([true, false])('are as Discord takes them (for one server: %s)', (isForOneServer) => {
    // The list is an array, which a request may hold as well.
    const body = listCommands({ isForOneServer }) as unknown as Readonly<Record<string, unknown>>;
    const path = '/applications/100000000000000001/commands';
    expect(problemsOfRequest({ method: 'PUT', path, body, files: [] })).toEqual([]);
  });

  it('are named and described in every language', () => {
    const languages = ['en-US', ...LANGUAGES].toSorted();
    for (const { name_localizations = {}, description_localizations } of named(everywhere)) {
      expect(Object.keys(name_localizations).toSorted()).toEqual(languages);
      if (description_localizations === undefined) continue;
      expect(Object.keys(description_localizations).toSorted()).toEqual(languages);
    }
  });

  it('have names that can be typed: lower-case letters, and no two alike beside each other', () => {
    const check = (list: readonly Named[]) => {
      for (const language of ['en-US', ...LANGUAGES]) {
        const names = list.map(({ name_localizations }) => name_localizations?.[language]);
        expect(new Set(names).size).toBe(list.length);
      }
      for (const { options = [], name_localizations = {}, type } of list) {
        check(options);
        if (type === MENU) continue;
        for (const name of Object.values(name_localizations)) {
          expect(name).toMatch(/^[-_\p{L}\p{M}\p{N}]{1,32}$/u);
          expect(name).toBe(name.toLowerCase());
        }
      }
    };
    check((everywhere as readonly Named[]).filter(({ type }) => type !== MENU));
  });

  it('keep within 8000 characters each, in the longest language', () => {
    for (const command of everywhere as readonly Named[]) {
      const texts = allIn([command]).flatMap((each) => [
        longest([each.name, ...Object.values(each.name_localizations ?? {})]),
        longest([each.description ?? '', ...Object.values(each.description_localizations ?? {})]),
      ]);
      expect(texts.reduce((sum, length) => sum + length, 0)).toBeLessThan(8_000);
    }
  });

  it('say where they can be called only when they are for all servers', () => {
    expect(JSON.stringify(everywhere)).toContain('"contexts":[0,1,2]');
    expect(JSON.stringify(listCommands({ isForOneServer: true }))).not.toContain('contexts');
  });
});

function longest(texts: readonly string[]): number {
  return Math.max(...texts.map((text) => text.length));
}
