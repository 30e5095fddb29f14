import { launch } from './browser.ts';
import type { SlackMessage } from './local-slack.ts';
import { pageOf } from './slack-page.ts';

/** What is shown side by side: a thread, and the modal that a button in it opened. */
export interface Scene {
  readonly channel: string;
  readonly thread: readonly SlackMessage[];
  readonly modal: { readonly blocks: readonly Readonly<Record<string, unknown>>[] };
}

/**
 * Draws the messages and the modal that the program sent, as Slack arranges such blocks: local-slack's
 * own page knows half of them only. Nothing stands there that was not sent.
 */
export async function shootPicture(scene: Scene, file: string): Promise<void> {
  const browser = await launch();
  try {
    const page = await browser.newPage({
      viewport: { width: 1200, height: 600 },
      deviceScaleFactor: 1.5,
    });
    await page.setContent(pageOf(scene));
    await page.locator('main').screenshot({ path: file });
  } finally {
    await browser.close();
  }
}
