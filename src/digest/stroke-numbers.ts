/** Where a number stands, by its middle, and how high it is. */
export interface StrokePlace {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly fill: string;
}

// The seven segments of a digit in a box one wide and two high: top, upper left, upper right, middle,
// lower left, lower right, bottom.
const SEGMENTS = ['M0 0H1', 'M0 0V1', 'M1 0V1', 'M0 1H1', 'M0 1V2', 'M1 1V2', 'M0 2H1'];
const DIGITS = [
  '1110111',
  '0010010',
  '1011101',
  '1011011',
  '0111010',
  '1101011',
  '1101111',
  '1010010',
  '1111111',
  '1111011',
];
const GAP = 1.7;

/** A whole number as strokes, for where there is no font. */
export function strokeNumber(n: number, { x, y, size, fill }: StrokePlace): string {
  const digits = [...String(Math.max(0, Math.floor(n)))].map(Number);
  const unit = size / 2.6;
  const width = (digits.length - 1) * GAP + 1;
  const paths = digits.map((digit, i) => {
    const lit = SEGMENTS.filter((_, s) => DIGITS[digit]?.[s] === '1').join('');
    return `<path transform="translate(${i * GAP} 0)" d="${lit}"/>`;
  });
  const left = Math.round((x - (width * unit) / 2) * 10) / 10;
  const top = Math.round((y - unit) * 10) / 10;
  return `<g transform="translate(${left} ${top}) scale(${Math.round(unit * 100) / 100})" fill="none" stroke="${fill}" stroke-width="0.35" stroke-linecap="square">${paths.join('')}</g>`;
}
