const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
const ONLY_ASCII = /^[ -~]*$/;
/** East Asian characters that take two columns; the halfwidth forms are not among them. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Bopomofo}\p{Script=Yi}\p{Script=Tangut}\u1100-\u115e\u3000-\u303e\u30a0-\u30ff\u3130-\u318e\u31f0-\u321e\u3220-\u3247\u3250-\u4dbf\ua960-\ua97c\uac00-\ud7a3\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/u;
const EMOJI = /\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f/u;
const ZERO_WIDTH = /^[\p{M}\p{Default_Ignorable_Code_Point}]+$/u;
/** Closing signs stay with what they close, opening ones with what they open. */
const NO_LINE_END = /[\p{Ps}\p{Pi}]$/u;
const NO_LINE_START = /^[\p{Pe}\p{Pf}、。，．！？：；・ーゝ々,.!?:;%]/u;

/** What must not be parted: a word, or one wide character with its brackets and stops. */
interface Unit {
  text: string;
  width: number;
  endsWide: boolean;
  readonly spaceBefore: boolean;
}

/** Columns that a text takes on a terminal: wide characters two, combining marks none. */
export function displayWidth(text: string): number {
  if (ONLY_ASCII.test(text)) return text.length;
  let width = 0;
  for (const { segment } of GRAPHEMES.segment(text)) width += graphemeWidth(segment);
  return width;
}

/**
 * Lines of at most `width` columns (from 2), broken at spaces and between wide characters; a word
 * longer than a line is broken between graphemes. A no-break space does not break and is shown as
 * a space. No lines for a text of spaces.
 */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const unit of unitsOf(text, width)) {
    const gap = unit.spaceBefore && line !== '' ? 1 : 0;
    if (line !== '' && used + gap + unit.width > width) {
      lines.push(line);
      line = unit.text;
      used = unit.width;
    } else {
      line += ' '.repeat(gap) + unit.text;
      used += gap + unit.width;
    }
  }
  if (line !== '') lines.push(line);
  return lines.map((each) => each.replaceAll('\u00a0', ' '));
}

function unitsOf(text: string, width: number): readonly Unit[] {
  return text
    .split(' ')
    .filter((word) => word !== '')
    .flatMap((word) => unitsOfWord(word, width));
}

function unitsOfWord(word: string, width: number): readonly Unit[] {
  if (ONLY_ASCII.test(word) && word.length <= width) {
    return [{ text: word, width: word.length, endsWide: false, spaceBefore: true }];
  }
  const units: Unit[] = [];
  for (const { segment } of GRAPHEMES.segment(word)) {
    const last = units.at(-1);
    const columns = graphemeWidth(segment);
    if (last !== undefined && staysWith(last, segment) && last.width + columns <= width) {
      last.text += segment;
      last.width += columns;
      last.endsWide = isWide(segment);
    } else {
      const spaceBefore = last === undefined;
      units.push({ text: segment, width: columns, endsWide: isWide(segment), spaceBefore });
    }
  }
  return units;
}

function staysWith(unit: Unit, segment: string): boolean {
  if (NO_LINE_START.test(segment) || NO_LINE_END.test(unit.text)) return true;
  return !unit.endsWide && !isWide(segment);
}

function graphemeWidth(grapheme: string): number {
  if (ZERO_WIDTH.test(grapheme)) return 0;
  return isWide(grapheme) ? 2 : 1;
}

function isWide(grapheme: string): boolean {
  return WIDE.test(grapheme) || EMOJI.test(grapheme);
}
