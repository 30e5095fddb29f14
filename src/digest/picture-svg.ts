import { visibleLine } from '../answer/show/visible-text.ts';
import { listed } from './describe-subscription.ts';
import type { DigestMap, PapersDigest, Theme } from './digest.ts';
import { strokeNumber } from './stroke-numbers.ts';

/** With what names and numbers are drawn. */
export type PictureFonts =
  | { readonly kind: 'family'; readonly family: string }
  | { readonly kind: 'strokes' };

// Okabe and Ito (2008): told apart with any colour vision.
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];
const OTHER = '#6b645a';
const WIDTH = 600;
const HEIGHT = 300;
const MAP = { left: 16, top: 16, size: 268 };
const BARS = { left: 316, top: 30, width: 268, row: 44 };
const LONGEST_NAME = 34;
/** Letters that any Latin font has; others could come out as boxes. */
const LATIN = /^[\u0020-\u007e\u00a0-\u017f–—‘’“”…]+$/;

/**
 * The map of a day's papers among the library on the left, its themes as bars on the right. Names
 * are words of papers: they are escaped, and left out where the font may not have their letters.
 */
export function pictureSvg(
  { themes }: Pick<PapersDigest, 'themes'>,
  map: DigestMap,
  fonts: PictureFonts,
): string {
  const shown = shownThemes(themes);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fbf8f1"/>`,
    ...drawMap(map, shown.length, fonts),
    ...shown.flatMap((theme, i) => drawBar(theme, { i, most: shown[0]?.papers ?? 1, fonts })),
    '</svg>',
  ].join('');
}

/** The same in words. */
export function describePicture({ counts, themes, items }: PapersDigest): string {
  const named = shownThemes(themes).map(
    ({ name, papers }) =>
      `${visibleLine(name)} with ${papers === 1 ? 'one paper' : `${papers} papers`}`,
  );
  const numbered =
    items.length === 1
      ? 'The paper shown is marked 1'
      : `The papers shown are marked 1 to ${items.length}`;
  return `Map of the ${counts.fitting} papers that fit, among those of the library and coloured by theme: ${listed(named)}. ${numbered}.`;
}

/** Those of several papers; of one paper alone where there are no others. */
function shownThemes(themes: readonly Theme[]): readonly Theme[] {
  const several = themes.filter(({ papers }) => papers > 1);
  return (several.length > 0 ? several : themes).slice(0, COLOURS.length);
}

function drawMap(
  { library, papers }: DigestMap,
  coloured: number,
  fonts: PictureFonts,
): readonly string[] {
  const at = (x: number, y: number) => ({
    cx: MAP.left + ((x + 1) / 2) * MAP.size,
    cy: MAP.top + ((1 - y) / 2) * MAP.size,
  });
  const dots = library.map(([x, y]) => {
    const { cx, cy } = at(x, y);
    return `<circle cx="${round(cx)}" cy="${round(cy)}" r="2" fill="#d3cabb"/>`;
  });
  const marks = papers
    .toSorted((a, b) => (a.n ?? 0) - (b.n ?? 0))
    .flatMap(({ x, y, theme, n }) => {
      const { cx, cy } = at(x, y);
      const fill = theme === undefined || theme >= coloured ? OTHER : (COLOURS[theme] ?? OTHER);
      const dot = `<circle cx="${round(cx)}" cy="${round(cy)}" r="${n === undefined ? 4 : 9}" fill="${fill}" stroke="#fbf8f1"/>`;
      return n === undefined
        ? [dot]
        : [dot, number(n, { x: cx, y: cy, size: 11, fill: '#ffffff' }, fonts)];
    });
  return [...dots, ...marks];
}

function drawBar(
  { name, papers }: Theme,
  { i, most, fonts }: { readonly i: number; readonly most: number; readonly fonts: PictureFonts },
): readonly string[] {
  const y = BARS.top + i * BARS.row;
  const width = Math.max(6, (BARS.width - 40) * (papers / Math.max(1, most)));
  const bar = `<rect x="${BARS.left}" y="${y}" width="${round(width)}" height="12" rx="2" fill="${COLOURS[i] ?? OTHER}"/>`;
  const count = number(
    papers,
    { x: BARS.left + width + 16, y: y + 6, size: 13, fill: '#1f1b16' },
    fonts,
  );
  return [bar, count, ...drawName(name, { y: y - 6, fonts })];
}

function drawName(
  name: string,
  { y, fonts }: { readonly y: number; readonly fonts: PictureFonts },
): readonly string[] {
  const line = visibleLine(name);
  if (fonts.kind === 'strokes' || !LATIN.test(line)) return [];
  const short =
    line.length <= LONGEST_NAME ? line : `${line.slice(0, LONGEST_NAME - 1).trimEnd()}…`;
  return [
    `<text x="${BARS.left}" y="${y}" font-family="${escapeXml(fonts.family)}" font-size="13" fill="#1f1b16">${escapeXml(short)}</text>`,
  ];
}

interface NumberPlace {
  /** The middle. */
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly fill: string;
}

function number(n: number, { x, y, size, fill }: NumberPlace, fonts: PictureFonts): string {
  if (fonts.kind === 'strokes') return strokeNumber(n, { x, y, size, fill });
  const family = escapeXml(fonts.family);
  return `<text x="${round(x)}" y="${round(y + size * 0.36)}" text-anchor="middle" font-family="${family}" font-size="${size}" fill="${fill}">${n}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Foreign text inside markup. */
function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
