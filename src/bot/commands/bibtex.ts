import type { Paper } from '../../papers/paper.ts';

/**
 * What TeX gives a meaning of its own, and how to write the sign itself. Braces have names, since
 * BibTeX counts them whether or not a backslash stands before.
 */
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '{\\textbackslash}',
  '{': '{\\textbraceleft}',
  '}': '{\\textbraceright}',
  '#': '\\#',
  $: '\\$',
  '%': '\\%',
  '&': '\\&',
  _: '\\_',
  '^': '{\\textasciicircum}',
  '~': '{\\textasciitilde}',
  '<': '{\\textless}',
  '>': '{\\textgreater}',
  '|': '{\\textbar}',
  '"': '{\\textquotedbl}',
};
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const KEY_WORD = 20;
const SMALL_WORDS = /^(?:a|an|the|on|of|for|in|to|and|is|are)$/;

/**
 * The papers as BibTeX, in UTF-8, each as `@misc` with its arXiv id where that is known. Keys are
 * ASCII and unique. Every sign that TeX would act on is escaped: a title cannot run a command. The
 * doubled braces keep the capitals of titles.
 */
export function renderBibtex(papers: readonly Paper[]): string {
  const keys = uniqueKeys(papers);
  return papers.map((paper, i) => renderEntry(paper, keys[i] ?? `paper${i + 1}`)).join('\n');
}

function renderEntry(paper: Paper, key: string): string {
  const fields = fieldsOf(paper).map(([name, value]) => `  ${name.padEnd(13)} = ${value},`);
  return `@misc{${key},\n${fields.join('\n')}\n}\n`;
}

function fieldsOf(paper: Paper): readonly (readonly [name: string, value: string])[] {
  const { title, arxivId, date, url } = paper;
  const month = MONTHS[Number(date?.slice(5, 7)) - 1];
  return [
    ['title', `{{${escapeTex(title)}}}`],
    ...authorField(paper),
    ...(date === undefined ? [] : [['year', `{${date.slice(0, 4)}}`] as const]),
    ...(month === undefined ? [] : [['month', month] as const]),
    ...(arxivId === undefined
      ? []
      : ([
          ['eprint', `{${escapeTex(arxivId)}}`],
          ['archiveprefix', '{arXiv}'],
        ] as const)),
    ['url', `{${urlInBraces(url)}}`],
  ];
}

function authorField({ authors = [], authorCount, organization }: Paper) {
  const others = (authorCount ?? authors.length) > authors.length ? ['others'] : [];
  const names = [...authors.map(escapeName), ...others].join(' and ');
  if (authors.length > 0) return [['author', `{${names}}`] as const];
  // Doubled braces: an organisation has no first and last name.
  return organization === undefined ? [] : [['author', `{{${escapeTex(organization)}}}`] as const];
}

/** A comma or " and " within one name would make two of it. */
function escapeName(name: string): string {
  const escaped = escapeTex(name);
  return /,|\band\b/i.test(name) ? `{${escaped}}` : escaped;
}

function escapeTex(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\s]+/gu, ' ')
    .trim()
    .replace(/[\\{}#$%&_^~<>|"]/g, (sign) => ESCAPES[sign] ?? sign);
}

/** URLs are typeset as they are, but must not end the field or hold TeX's own signs unpaired. */
function urlInBraces(url: string): string {
  return url.replace(/[\s{}\\^~"<>|]/g, (sign) => encodeURIComponent(sign));
}

function uniqueKeys(papers: readonly Paper[]): readonly string[] {
  const taken = new Map<string, number>();
  return papers.map((paper) => {
    const key = keyOf(paper);
    const before = taken.get(key) ?? 0;
    taken.set(key, before + 1);
    return before === 0 ? key : `${key}-${before + 1}`;
  });
}

/** "vaswani2017attention": last name of the first author, year, first word of the title. */
function keyOf({ authors, date, title, id }: Paper): string {
  const lastName = authors?.[0]?.split(/\s+/).at(-1) ?? '';
  const words = title.split(/[^\p{L}\p{N}]+/u).map(plain);
  const word = words.find((each) => each.length > 1 && !SMALL_WORDS.test(each)) ?? '';
  const key = `${plain(lastName)}${date?.slice(0, 4) ?? ''}${word.slice(0, KEY_WORD)}`;
  return /[a-z]/.test(key) ? key : `paper-${plain(id)}`;
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
