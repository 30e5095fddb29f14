import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const SRC = join(import.meta.dirname, '../../src');
const ROOMS = ['bot', 'store', 'answer', 'digest', 'retrieval', 'papers', 'llm'];

it('no platform is named from the bot down, except as the values of Platform', () => {
  const files = ROOMS.flatMap((room) => globSync(`${room}/**/*.ts`, { cwd: SRC }));
  const naming = files.filter((file) =>
    /slack|discord/i.test(readFileSync(join(SRC, file), 'utf8')),
  );
  expect(naming).toEqual([join('bot', 'message.ts')]);
});
