import type { Page } from 'playwright-core';

// What runs inside the page is text: the project is typed for Node, not for browsers.

/** Presses a key until the focus is on the element; throws when it never gets there. */
export async function pressUntil(page: Page, key: string, selector: string): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press(key);
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
  }
  throw new Error(`${key} never reached ${selector}`);
}

/** Whether the first marked words of an open abstract are on the screen. */
export function isMarkInView(page: Page): Promise<unknown> {
  return page.evaluate(`(() => {
    const { top, bottom } = document.querySelector('details[open] mark').getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight;
  })()`);
}

/** Playwright waits for the answer before it looks again, so the page itself notes what it said. */
export const PRESS_ENTER_TWICE = `(() => {
  const enter = () => new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
  const box = document.querySelector('textarea');
  box.dispatchEvent(enter());
  box.dispatchEvent(enter());
  const button = document.querySelector('.ask button');
  sessionStorage.said = [document.querySelector('[role=status]').textContent, button.disabled].join(', ');
})()`;

/** Text below the contrast of 4.5 that WCAG 2 AA asks of it, measured on the page itself. */
export const FAINT_TEXT = `(() => {
  const parse = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map((v) => v / 255)
    .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    const color = parse(getComputedStyle(element).backgroundColor);
    return color[3] === 0 && element.parentElement ? behind(element.parentElement) : color;
  };
  const contrast = (element) => {
    const pair = [light(parse(getComputedStyle(element).color)), light(behind(element))];
    return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
  };
  const hasText = (element) => [...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  return [...document.body.querySelectorAll('*')]
    .filter((element) => hasText(element) && contrast(element) < 4.5)
    .map((element) => element.outerHTML.slice(0, 80) + ' ' + contrast(element).toFixed(2));
})()`;
