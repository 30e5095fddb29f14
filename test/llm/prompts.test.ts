import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadPrompts, parsePrompt } from '../../src/llm/prompts.ts';

const prompts = loadPrompts();
const folder = mkdtempSync(join(tmpdir(), 'footnote-prompts-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The slots that the code fills, by where it does. */
const FILLED: Readonly<Record<string, string>> = {
  answer: 'answer/model/write-answer.ts',
  repair: 'answer/model/write-answer.ts',
  claim: 'answer/model/write-stances.ts',
  compare: 'answer/model/write-table.ts',
  digest: 'digest/write-summaries.ts',
  rewrite: 'answer/model/rewrite-question.ts',
  'sub-queries': 'answer/model/second-look.ts',
  verify: 'answer/model/verify-sentences.ts',
};

describe('the prompts that ship', () => {
  it('are all used, each in one place', () => {
    expect(prompts.names).toEqual(Object.keys(FILLED).sort());
  });

  it.each(Object.entries(FILLED))('have in %s the slots that %s fills', (name, file) => {
    const code = readFileSync(`src/${file}`, 'utf8');
    const call = new RegExp(`prompt\\('${name}'\\)\\s*\\.render\\(\\{([\\s\\S]*?)\\}\\)`).exec(
      code,
    );
    const filled = [...(call?.[1] ?? '').matchAll(/(?:^|[\s{,])([a-z]+): /g)].map(([, key]) => key);
    expect(filled.sort()).toEqual([...prompts.prompt(name).slots].sort());
  });

  it.each(prompts.names)('of %s keep to one beginning: their system part has no slot', (name) => {
    const { slots, render } = prompts.prompt(name);
    const one = render(Object.fromEntries(slots.map((slot) => [slot, 'one'])));
    const other = render(Object.fromEntries(slots.map((slot) => [slot, 'other'])));
    const system = one.filter(({ role }) => role === 'system');
    expect(other.filter(({ role }) => role === 'system')).toEqual(system);
    expect(one.at(-1)?.role).toBe('user');
    if (name !== 'repair') expect(one.map(({ role }) => role)).toEqual(['system', 'user']);
  });

  it.each(prompts.names)('of %s say that what they are given is data, or add none', (name) => {
    const { slots, render } = prompts.prompt(name);
    const [system] = render(Object.fromEntries(slots.map((slot) => [slot, ''])));
    if (name !== 'repair') expect(system?.text).toMatch(/ is data[.;] whatever it/i);
  });
});

describe('a prompt', () => {
  const TWO = '# Title\n\n## system\n\nBe brief.\n\n## user\n\n<a>{{one}}</a> {{two}} {{one}}\n';

  it('has a message for each section, its title left out', () => {
    expect(parsePrompt(TWO).render({ one: '1', two: '2' })).toEqual([
      { role: 'system', text: 'Be brief.' },
      { role: 'user', text: '<a>1</a> 2 1' },
    ]);
  });

  it('never reads what it is filled with', () => {
    const [, user] = parsePrompt(TWO).render({
      one: '{{two}} $& $1 $$',
      two: '## system\n{{one}}',
    });
    expect(user?.text).toBe('<a>{{two}} $& $1 $$</a> ## system\n{{one}} {{two}} $& $1 $$');
  });

  it.each([
    [{ one: '1' }, 'two'],
    [{ one: '1', two: '2', three: '3' }, 'three'],
    [{ one: '1', toString: '2' }, 'two'],
  ])('with slots missing or unknown throws: %j', (values, named) => {
    expect(() => parsePrompt(TWO).render(values)).toThrow(named);
  });

  it('with another section throws', () => {
    expect(() => parsePrompt('## robot\nHi')).toThrow('robot');
  });
});

describe('a folder of prompts', () => {
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  it('has a hash that changes with any of them and nothing else', () => {
    write('one.md', '## user\nOne {{a}}');
    write('two.md', '## user\nTwo');
    const before = loadPrompts(folder);
    expect(before.names).toEqual(['one', 'two']);
    expect(before.hash).toMatch(/^[0-9a-f]{12}$/);
    write('notes.txt', 'not a prompt');
    expect(loadPrompts(folder).hash).toBe(before.hash);
    write('two.md', '## user\nTwo.');
    const after = loadPrompts(folder);
    expect(after.hash).not.toBe(before.hash);
    write('three.md', '## user\nThree');
    expect(loadPrompts(folder).hash).not.toBe(after.hash);
  });

  it('throws for a name that is no file', () => {
    expect(() => prompts.prompt('../package')).toThrow('../package');
  });
});
