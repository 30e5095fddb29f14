import { describe, expect, it } from 'vitest';
import type { PapersDigest } from '../../src/digest/digest.ts';
import { createPainter } from '../../src/digest/draw-digest.ts';
import { pictureSvg } from '../../src/digest/picture-svg.ts';
import { project } from '../../src/digest/projection.ts';
import { makeDigest } from './made-up-digests.ts';

const HOSTILE = `</text><image href="file:///etc/passwd"/>&<script>'"`;
const map = {
  library: [
    [0, 0],
    [0.5, -0.5],
    [-1, 1],
  ] as const,
  papers: [
    { x: 0.2, y: 0.1, theme: 0, n: 1 },
    { x: -0.4, y: 0.3, theme: 1, n: 2 },
    { x: 0.9, y: -0.9, theme: 1 },
  ],
};
const themes = [
  { name: 'graph networks', papers: 3 },
  { name: 'routers', papers: 2 },
];
const digest = (changes: Partial<PapersDigest> = {}) =>
  makeDigest(['A', 'B'], { map, themes, ...changes });

/** Width and height of a PNG stand in its first chunk. */
const sizeOf = (png: Uint8Array) => {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
};

describe('the picture of a digest', () => {
  it('is a PNG that says in words what it shows', () => {
    const picture = createPainter()(digest());
    expect([...(picture?.png.slice(1, 4) ?? [])]).toEqual([...Buffer.from('PNG')]);
    expect(sizeOf(picture?.png ?? new Uint8Array(24))).toEqual([1200, 600]);
    expect(picture?.name).toBe('digest-2026-11-20.png');
    expect(picture?.alt).toBe(
      'Map of the 2 papers that fit, among those of the library and coloured by theme: graph networks with 3 papers and routers with 2 papers. The papers shown are marked 1 to 2.',
    );
  });

  it('shows its numbers on a machine without fonts, too', () => {
    const bare = createPainter({ systemFonts: false });
    const [some, others] = [2, 7].map((papers) =>
      bare(
        digest({
          themes: [
            { name: 'graph networks', papers: 9 },
            { name: 'routers', papers },
          ],
        }),
      ),
    );
    expect(some?.png).toBeDefined();
    expect(Buffer.compare(some?.png ?? new Uint8Array(), others?.png ?? new Uint8Array())).not.toBe(
      0,
    );
    const svg = pictureSvg(digest(), map, { kind: 'strokes' });
    expect(svg).not.toContain('<text');
    expect(svg.match(/<path/g)).toHaveLength(4);
  });

  it('escapes the words of papers, which change nothing but their label', () => {
    const named = (name: string) =>
      pictureSvg({ themes: [{ name, papers: 2 }] }, map, { kind: 'family', family: 'A"B' });
    const svg = named(HOSTILE);
    expect(svg).not.toContain('<image');
    expect(svg).not.toContain('<script');
    expect(svg.match(/<\w+/g)).toEqual(named('plain').match(/<\w+/g));
    expect(createPainter()(digest({ themes: [{ name: HOSTILE, papers: 2 }] }))?.png).toBeDefined();
  });

  it('leaves out a name whose letters its font may not have', () => {
    const svg = pictureSvg({ themes: [{ name: '图神经网络', papers: 2 }] }, map, {
      kind: 'family',
      family: 'DejaVu Sans',
    });
    expect(svg).not.toContain('图');
  });

  it('is not there where it would show nothing', () => {
    const draw = createPainter();
    expect(draw(makeDigest(['A']))).toBeUndefined();
    expect(draw(digest({ map: { ...map, papers: map.papers.slice(0, 2) } }))).toBeUndefined();
  });
});

it('a projection keeps apart what lies apart, and near what is near', () => {
  const vectors = Array.from({ length: 60 }, (_, i) => {
    const vector = new Float32Array(16).map((_, d) => Math.sin(i * 7.3 + d * 1.7) * 0.05);
    vector[i % 3] = 1;
    return vector;
  });
  const { points, place } = project(vectors);
  const of = (group: number) => points.filter((_, i) => i % 3 === group);
  const middle = (group: number) =>
    [0, 1].map((axis) => of(group).reduce((sum, p) => sum + (p[axis] ?? 0), 0) / 20);
  const distance = (a: readonly number[], b: readonly number[]) =>
    Math.hypot((a[0] ?? 0) - (b[0] ?? 0), (a[1] ?? 0) - (b[1] ?? 0));
  const spread = Math.max(
    ...[0, 1, 2].flatMap((group) => of(group).map((p) => distance(p, middle(group)))),
  );
  const apart = Math.min(
    distance(middle(0), middle(1)),
    distance(middle(1), middle(2)),
    distance(middle(0), middle(2)),
  );
  expect(apart).toBeGreaterThan(3 * spread);
  expect(place(vectors[4] ?? new Float32Array(16))).toEqual(points[4]);
});
