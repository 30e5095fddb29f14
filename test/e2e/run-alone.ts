import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { CHROMIUM } from './browser.ts';
import { ALONE, whyNoLocalSlack } from './local-slack.ts';

/** Runs a demo again where there is no network but loopback, if it can be run here; its exit code. */
export async function runAlone(
  script: string,
  {
    picture,
    more = [],
  }: { readonly picture: string | undefined; readonly more?: readonly string[] },
): Promise<number> {
  const why = whyNoLocalSlack();
  if (why !== undefined) {
    process.stderr.write(`The demo cannot run: ${why}.\n`);
    return 1;
  }
  if (picture !== undefined && CHROMIUM === undefined) {
    process.stderr.write('There is no picture without Chromium: set CHROMIUM to where it is.\n');
    return 1;
  }
  const flags = picture === undefined ? more : [...more, '--picture', resolve(picture)];
  const inside = [...ALONE, process.execPath, script, '--inside', ...flags];
  const child = spawn('unshare', inside, { stdio: 'inherit' });
  const [code] = await once(child, 'close');
  return Number(code);
}
