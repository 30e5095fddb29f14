import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const names = z.record(z.string(), z.string()).default({});
const LockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      resolved: z.string().optional(),
      dependencies: names,
      optionalDependencies: names,
    }),
  ),
});

const file = join(import.meta.dirname, '../package-lock.json');
const { packages } = LockFile.parse(JSON.parse(readFileSync(file, 'utf8')));

/** Where Node looks for a package, from the folder of the one that asks for it upwards. */
function isLocked(name: string, from: string): boolean {
  const here = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
  if (packages[here]?.version !== undefined) return true;
  if (from === '') return false;
  return isLocked(name, from.slice(0, from.lastIndexOf('node_modules/')).replace(/\/$/, ''));
}

describe('the lock file', () => {
  // npm leaves out what other platforms need when the folder of packages was there before it, and
  // what the registry at hand does not carry; `npm ci` then refuses the whole lock file.
  it('names every package that any platform needs', () => {
    const missing = Object.entries(packages).flatMap(([path, entry]) =>
      Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
        .filter((name) => !isLocked(name, path))
        .map((name) => `${name}, wanted by ${path}`),
    );
    expect(missing).toEqual([]);
  });

  it('names no registry', () => {
    expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });
});
