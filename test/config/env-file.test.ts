import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readEnvFile } from '../../src/config/env-file.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'footnote-env-'));
  file = join(folder, '.env');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a file .env', () => {
  it('need not be there', () => {
    expect(readEnvFile(file)).toEqual({});
  });

  // The first variable was lost once: its name began with the mark.
  it('is read with the mark and the line ends of other systems', () => {
    writeFileSync(file, '\ufeffPORT=1\r\nHOST="::1"\r\n# LOG_LEVEL=debug\r\n');
    expect(readEnvFile(file)).toEqual({ PORT: '1', HOST: '::1' });
  });

  it('in another encoding is told of, where nothing would be found in it', () => {
    writeFileSync(file, Buffer.from('\ufeffPORT=1\n', 'utf16le'));
    expect(() => readEnvFile(file)).toThrow(/not saved as UTF-8.*Save it as UTF-8/);
  });

  it('that is no file is told of', () => {
    mkdirSync(file);
    expect(() => readEnvFile(file)).toThrow(/cannot be read/);
  });
});
