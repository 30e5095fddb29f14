/** Texts that papers, people or models could send, with what a terminal may show of them. */
export const HOSTILE: readonly (readonly [name: string, text: string, safe: string])[] = [
  ['colours', 'a \u001b[31;1mred\u001b[0m word', 'a red word'],
  ['a cleared screen', 'be\u001b[2J\u001b[Hfore', 'before'],
  ['an 8-bit control sequence', 'a\u009b31mb', 'ab'],
  [
    'a link that hides its target',
    'see \u001b]8;;https://evil.example\u001b\\arxiv.org\u001b]8;;\u001b\\ now',
    'see arxiv.org now',
  ],
  ['a window title', '\u001b]0;owned\u0007text', 'text'],
  ['a clipboard write', 'x\u001b]52;c;ZXZpbA==\u0007y', 'xy'],
  ['a bell, a backspace and a delete', 'a\u0007b\u0008c\u007fd', 'abcd'],
  ['an overwritten line', 'safe\rEVIL\nline\u0085end\u2028last', 'safe EVIL line end last'],
  ['a bidi override', 'abc\u202egnp.exe\u202c', 'abcgnp.exe'],
  ['bidi isolates and marks', '\u2066a\u2067b\u2068c\u2069\u200e\u200f\u061cd', 'abcd'],
  ['zero-width characters', 'in\u200bvis\u2060ib\ufeffle\u00ad!', 'invisible!'],
  ['joiners between Latin letters', 'a\u200db\u200cc', 'abc'],
  ['tag characters', 'hi\u{e0068}\u{e0069}\u{e007f}', 'hi'],
  ['half a surrogate pair', 'a\ud83db', 'a\ufffdb'],
  ['marks stacked on a letter', `Z${'\u0335'.repeat(300)}!`, `Z${'\u0335'.repeat(4)}!`],
];

/** What nothing that reaches a terminal may hold, our own colours and line ends apart. */
export const FORBIDDEN = /(?![\n])[\p{Cc}\p{Bidi_Control}\u200b\u2028\u2029\ufeff]/u;
