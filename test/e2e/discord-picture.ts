import type { APIMessage } from 'discord.js';
import { launch } from './browser.ts';

/** Draws messages as they stood in Discord: a page of our own in its colours, no screenshot of it. */
export async function drawPicture(
  shown: readonly { readonly asked: string; readonly message: APIMessage }[],
  file: string,
): Promise<void> {
  const browser = await launch();
  try {
    const page = await browser.newPage({
      viewport: { width: 860, height: 400 },
      deviceScaleFactor: 1.5,
    });
    await page.setContent(pageOf(shown.map(drawTurn).join('')));
    await page.locator('main').screenshot({ path: file });
  } finally {
    await browser.close();
  }
}

function drawTurn({
  asked,
  message,
}: {
  readonly asked: string;
  readonly message: APIMessage;
}): string {
  return [
    drawMessage('ada', '#5b6ee1', `<p>${asHtml(asked)}</p>`),
    drawMessage('footnote', '#3b82a0', drawPieces(message.components)),
  ].join('');
}

function drawMessage(name: string, colour: string, body: string): string {
  const tag = name === 'footnote' ? ' <span class="app">APP</span>' : '';
  return `<section><i style="background:${colour}">${name[0]?.toUpperCase()}</i><div><b>${name}</b>${tag}${body}</div></section>`;
}

interface Piece {
  readonly type: number;
  readonly content?: string;
  readonly label?: string;
  readonly accent_color?: number;
  readonly components?: readonly Piece[];
}

const THUMB =
  '<path d="M7 10v11H3V10zm2 0 5-8c1.5 0 2.3 1.2 2 2.5L15 9h5a2 2 0 0 1 2 2.3l-1.2 8A2 2 0 0 1 18.8 21H9z"/>';
const drawThumb = (turn: string) =>
  `<svg width="16" height="16" viewBox="0 0 24 24" fill="#fdc93b" style="${turn}">${THUMB}</svg>`;
/** Drawn by hand: not every machine has letters for them. */
const THUMBS: Readonly<Record<string, string>> = {
  '👍': drawThumb(''),
  '👎': drawThumb('transform:rotate(180deg)'),
};

function drawPieces(components: unknown): string {
  const pieces = (components ?? []) as readonly Piece[];
  return pieces.map(drawPiece).join('');
}

function drawPiece({
  type,
  content = '',
  label = '',
  accent_color = 0,
  components,
}: Piece): string {
  switch (type) {
    case 17: {
      const colour = `#${accent_color.toString(16).padStart(6, '0')}`;
      return `<article style="border-color:${colour}">${drawPieces(components)}</article>`;
    }
    case 14:
      return '<hr>';
    case 10:
      return content.split('\n').map(drawLine).join('');
    case 1:
      return `<nav>${drawPieces(components)}</nav>`;
    case 2:
      return `<button>${THUMBS[label] ?? asHtml(label)}</button>`;
    default:
      return '';
  }
}

function drawLine(line: string): string {
  if (line.startsWith('-# ')) return `<small>${drawMarkdown(line.slice(3))}</small>`;
  return `<p>${drawMarkdown(line)}</p>`;
}

/** The little Markdown that our cards are made of; an escaped sign opens and ends nothing. */
function drawMarkdown(line: string): string {
  const signs: string[] = [];
  const kept = line.replace(/\\([^0-9A-Za-z\s])/g, (_, sign: string) => {
    signs.push(sign);
    return `\ue000${signs.length - 1}\ue001`;
  });
  return asHtml(kept)
    .replace(/\[([^\]]+)\]\(&lt;[^)]*?&gt;\)/g, '<a>$1</a>')
    .replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')
    .replace(/\ue000(\d+)\ue001/g, (_, at: string) => asHtml(signs[Number(at)] ?? ''));
}

function asHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function pageOf(body: string): string {
  return `<!doctype html><meta charset="utf-8"><style>
    body { margin: 0; background: #313338; color: #dbdee1; font: 16px/1.4 "Noto Sans", "DejaVu Sans", "Noto Color Emoji", sans-serif }
    main { padding: 14px 20px; width: 800px }
    section { display: flex; gap: 14px; margin: 10px 0 }
    section > i { flex: none; width: 40px; height: 40px; border-radius: 50%; color: #fff; display: grid; place-items: center; font-style: normal; font-weight: 600 }
    section > div { flex: 1 }
    p { margin: 3px 0 } small { display: block; color: #949ba4; font-size: 13px; margin: 3px 0 }
    .app { background: #5865f2; color: #fff; font-size: 11px; padding: 1px 5px; border-radius: 4px; vertical-align: 1px }
    article { background: #2b2d31; border-left: 4px solid; border-radius: 8px; padding: 12px 16px; margin-top: 6px }
    hr { border: 0; border-top: 1px solid #3f4147; margin: 10px 0 } a { color: #00a8fc }
    nav { display: flex; gap: 8px; margin-top: 8px }
    button { background: #4e5058; color: #fff; border: 0; border-radius: 8px; padding: 7px 14px; font: inherit; font-size: 14px }
  </style><main>${body}</main>`;
}
