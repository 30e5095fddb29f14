import { describe, expect, it } from 'vitest';
import { renderBibtex } from '../../../src/bot/commands/bibtex.ts';
import type { Paper } from '../../../src/papers/paper.ts';
import { makePaper } from '../../answer/made-up-library.ts';

const LORA = makePaper('lora', {
  title: 'LoRA: Low-Rank Adaptation of Large Language Models',
  url: 'https://arxiv.org/abs/2106.09685',
  arxivId: '2106.09685',
  date: '2021-06-17',
  authors: ['Edward J. Hu', 'Yelong Shen'],
  authorCount: 8,
});

/** Fields of the one entry, as a reader that counts braces finds them. */
function readFields(bibtex: string): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  for (const [, name = '', value = ''] of bibtex.matchAll(/^ {2}(\w+) *= (.*),$/gm)) {
    let depth = 0;
    for (const [sign] of value.matchAll(/[{}]/g)) {
      depth += sign === '{' ? 1 : -1;
      expect(depth).toBeGreaterThanOrEqual(0);
    }
    expect(depth).toBe(0);
    fields[name] = value;
  }
  return fields;
}

const titleOf = (changes: Partial<Paper>) =>
  readFields(renderBibtex([makePaper('x', changes)])).title;

describe('papers as BibTeX', () => {
  it('are entries with all that is known', () => {
    expect(renderBibtex([LORA])).toBe(`@misc{hu2021lora,
  title         = {{LoRA: Low-Rank Adaptation of Large Language Models}},
  author        = {Edward J. Hu and Yelong Shen and others},
  year          = {2021},
  month         = jun,
  eprint        = {2106.09685},
  archiveprefix = {arXiv},
  url           = {https://arxiv.org/abs/2106.09685},
}
`);
  });

  it('leave out what is not known', () => {
    const bibtex = renderBibtex([makePaper('x', { title: 'On Routing' })]);
    expect(Object.keys(readFields(bibtex))).toEqual(['title', 'url']);
    expect(bibtex).toMatch(/^@misc\{routing,/);
  });

  it('name an organisation where no author is known, as one name', () => {
    const paper = makePaper('x', { organization: 'Lab & Sons' });
    expect(readFields(renderBibtex([paper])).author).toBe('{{Lab \\& Sons}}');
  });

  it('keep a name whole that holds a comma or the word "and"', () => {
    const paper = makePaper('x', {
      authors: ['Band of Readers, Inc.', 'Salt and Pepper', 'Andy Sand'],
    });
    expect(readFields(renderBibtex([paper])).author).toBe(
      '{{Band of Readers, Inc.} and {Salt and Pepper} and Andy Sand}',
    );
  });

  it.each([
    ['100% of $5 & more #1', '{{100\\% of \\$5 \\& more \\#1}}'],
    ['a_b^c~d', '{{a\\_b{\\textasciicircum}c{\\textasciitilde}d}}'],
    [
      '\\input{/etc/passwd}',
      '{{{\\textbackslash}input{\\textbraceleft}/etc/passwd{\\textbraceright}}}',
    ],
    ['}, evil = {x', '{{{\\textbraceright}, evil = {\\textbraceleft}x}}'],
    [
      'A "quoted" <b> | title',
      '{{A {\\textquotedbl}quoted{\\textquotedbl} {\\textless}b{\\textgreater} {\\textbar} title}}',
    ],
    ['Two\nlines\u0007 and\u202e tricks', '{{Two lines and tricks}}'],
    ['Bäume 精度 ε', '{{Bäume 精度 ε}}'],
    ['half \ud83d pair', '{{half \ufffd pair}}'],
  ])('escape %j', (title, expected) => expect(titleOf({ title })).toBe(expected));

  it('hold no link that could end its field', () => {
    const fields = readFields(
      renderBibtex([makePaper('x', { url: 'https://a.example/}{\\x y%20' })]),
    );
    expect(fields.url).toBe('{https://a.example/%7D%7B%5Cx%20y%20}');
  });

  it('have keys that are ASCII and their own', () => {
    const papers = [
      LORA,
      LORA,
      makePaper('y', { title: '精度', date: '2024-02-03' }),
      makePaper('z', { title: 'Übergrößen and More', authors: ['José Ñandú'], date: '2020-01-01' }),
      makePaper('w', { title: 'A 2D View' }),
    ];
    const keys = [...renderBibtex(papers).matchAll(/^@misc\{(.*),$/gm)].map(([, key]) => key);
    expect(keys).toEqual([
      'hu2021lora',
      'hu2021lora-2',
      'paper-titley',
      'nandu2020ubergroen',
      '2d',
    ]);
  });
});
