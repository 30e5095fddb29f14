import { launch } from './browser.ts';
import type { SlackMessage } from './local-slack.ts';
import { digestPageOf, pageOf } from './slack-page.ts';

/** What is shown side by side: a thread, and the modal that a button in it opened. */
export interface Scene {
  readonly channel: string;
  readonly thread: readonly SlackMessage[];
  readonly modal: { readonly blocks: readonly Readonly<Record<string, unknown>>[] };
}

/** A digest: its headline, papers of its thread, and the picture in it. */
export interface DigestScene {
  readonly channel: string;
  readonly headline: SlackMessage;
  readonly items: readonly SlackMessage[];
  readonly png: Uint8Array;
}

/**
 * Draws the messages and the modal that the program sent, as Slack arranges such blocks: local-slack's
 * own page knows half of them only. Nothing stands there that was not sent.
 */
export function shootPicture(scene: Scene, file: string): Promise<void> {
  return shoot(pageOf(scene), file);
}

/** Draws a digest in the same way. */
export function shootDigest(scene: DigestScene, file: string): Promise<void> {
  return shoot(digestPageOf(scene), file);
}

async function shoot(html: string, file: string): Promise<void> {
  const browser = await launch();
  try {
    const page = await browser.newPage({
      viewport: { width: 1200, height: 600 },
      deviceScaleFactor: 1.5,
    });
    await page.setContent(html);
    await page.locator('main').screenshot({ path: file });
  } finally {
    await browser.close();
  }
}
