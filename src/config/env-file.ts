import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { FootnoteError } from '../errors.ts';

/**
 * The variables of a file `.env`; none where there is no such file. Throws FootnoteError `config` for
 * one that cannot be read, or that an editor saved in another encoding: nothing would be found in it.
 */
export function readEnvFile(file: string): Readonly<Record<string, string | undefined>> {
  if (!existsSync(file)) return {};
  const text = read(file);
  if (text.includes('\0')) {
    throw new FootnoteError(
      'config',
      `${file} is not saved as UTF-8. Save it as UTF-8 and start again.`,
    );
  }
  // Some editors put a mark before the first name.
  return parseEnv(text.replace(/^\ufeff/, ''));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new FootnoteError(
      'config',
      `${file} cannot be read. It must be a file that this user may read; mend it or take it away.`,
      { cause },
    );
  }
}
