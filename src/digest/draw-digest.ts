import { Resvg } from '@resvg/resvg-js';
import type { PapersDigest } from './digest.ts';
import { describePicture, type PictureFonts, pictureSvg } from './picture-svg.ts';

/** A picture that belongs to a digest. */
export interface Picture {
  readonly name: string;
  /** PNG. */
  readonly png: Uint8Array;
  /** What it shows, for those who do not see it. */
  readonly alt: string;
}

/** Draws digests; undefined for one in which a picture would show nothing. */
export type DrawDigest = (digest: PapersDigest) => Picture | undefined;

/** Found on most machines; a bare one has none of them. */
const FAMILIES = ['DejaVu Sans', 'Liberation Sans', 'Noto Sans', 'Arial', 'Helvetica'];
const WIDTH = 1_200;
const FEWEST_PAPERS = 3;

/**
 * Draws with the fonts of this machine. On one without fonts, which would leave out text without a
 * word, numbers are drawn as strokes and names stand in the alternative text alone.
 */
export function createPainter({
  systemFonts = true,
}: {
  readonly systemFonts?: boolean;
} = {}): DrawDigest {
  let fonts: PictureFonts | undefined;
  return (digest) => {
    if (digest.map === undefined || digest.map.papers.length < FEWEST_PAPERS) return undefined;
    fonts ??= findFonts(systemFonts);
    const png = render(pictureSvg(digest, digest.map, fonts), systemFonts).asPng();
    return { name: `digest-${digest.period}.png`, png, alt: describePicture(digest) };
  };
}

/** The first family whose letters come out as different shapes, which a missing one's do not. */
function findFonts(systemFonts: boolean): PictureFonts {
  if (!systemFonts) return { kind: 'strokes' };
  const family = FAMILIES.find((name) => ink(name, 'i') > 0 && ink(name, 'i') < ink(name, 'W'));
  return family === undefined ? { kind: 'strokes' } : { kind: 'family', family };
}

function ink(family: string, text: string): number {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><text x="5" y="45" font-family="${family}" font-size="40">${text}</text></svg>`;
  const { pixels } = new Resvg(svg, { font: { loadSystemFonts: true } }).render();
  let inked = 0;
  for (let at = 3; at < pixels.length; at += 4) if ((pixels[at] ?? 0) > 128) inked++;
  return inked;
}

function render(svg: string, systemFonts: boolean) {
  return new Resvg(svg, {
    font: { loadSystemFonts: systemFonts },
    fitTo: { mode: 'width', value: WIDTH },
  }).render();
}
