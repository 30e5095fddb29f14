const GREEK_NAMES =
  'alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ ' +
  'nu ν xi ξ omicron ο pi π rho ρ sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω';
const GREEK_CAPITALS =
  'Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω';
const GREEK_VARIANTS =
  'varepsilon ε vartheta θ varrho ρ varsigma σ varphi φ varpi π textmu μ upmu μ';
const SYMBOL_NAMES =
  'times × cdot · pm ± mp ∓ sim ~ approx ≈ simeq ≃ leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ ll ≪ gg ≫ ' +
  'lesssim ≲ gtrsim ≳ equiv ≡ propto ∝ infty ∞ in ∈ notin ∉ subset ⊂ subseteq ⊆ supset ⊃ cup ∪ ' +
  'cap ∩ setminus ∖ emptyset ∅ forall ∀ exists ∃ to → rightarrow → leftarrow ← uparrow ↑ ' +
  'downarrow ↓ leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ mapsto ↦ sum ∑ prod ∏ int ∫ partial ∂ ' +
  'nabla ∇ sqrt √ ell ℓ dots … ldots … cdots … circ ° deg ° degree ° star ⋆ top ⊤ perp ⊥ ' +
  'parallel ∥ mid | vert | otimes ⊗ oplus ⊕ odot ⊙ wedge ∧ vee ∨ lceil ⌈ rceil ⌉ lfloor ⌊ ' +
  'rfloor ⌋ langle ⟨ rangle ⟩ textregistered ® texttrademark ™ textquotedblleft " ' +
  'textquotedblright " o ø O Ø l ł L Ł ae æ AE Æ oe œ OE Œ ss ß aa å AA Å i i j j eg e.g. ie i.e.';
const FONT_NAMES =
  'textbf textit texttt textsc textrm textsf textsl textup textmd mathbf mathit mathtt mathrm ' +
  'mathsf mathbb mathcal mathfrak mathscr boldsymbol emph';
const DROPPED_NAMES =
  'text underline overline operatorname mbox hat tilde bar vec widehat widetilde bm left right ' +
  'big bigl bigr Big Bigl Bigr bigg biggl biggr displaystyle em it bf tt sc rm sf sl centering ' +
  'noindent xspace footnotesize scriptsize small large url hyperlink protect ensuremath';

/** Names of Greek letters as LaTeX writes them -> the letter. */
export const GREEK: ReadonlyMap<string, string> = pairs(
  `${GREEK_NAMES} ${GREEK_CAPITALS} ${GREEK_VARIANTS}`,
);

/** Lower-case Greek letter -> its English name, for titles spelled either way. */
export const GREEK_SPELLED: ReadonlyMap<string, string> = new Map([
  ...[...pairs(GREEK_NAMES)].map(([name, letter]) => [letter, name] as const),
  ['ς', 'sigma'],
]);

/** LaTeX commands without arguments -> the character they print. */
export const SYMBOLS: ReadonlyMap<string, string> = pairs(SYMBOL_NAMES);

/** Commands whose one argument is plain text; pages often keep the name and lose the backslash. */
export const FONTS: readonly string[] = FONT_NAMES.split(' ');

/** Commands that print nothing themselves. */
export const DROPPED: ReadonlySet<string> = new Set(`${FONT_NAMES} ${DROPPED_NAMES}`.split(' '));

/** LaTeX accent command -> combining mark. */
export const ACCENTS: ReadonlyMap<string, string> = new Map([
  ["'", '\u0301'],
  ['`', '\u0300'],
  ['^', '\u0302'],
  ['"', '\u0308'],
  ['~', '\u0303'],
  ['=', '\u0304'],
  ['.', '\u0307'],
  ['c', '\u0327'],
  ['v', '\u030c'],
  ['u', '\u0306'],
  ['H', '\u030b'],
  ['k', '\u0328'],
  ['r', '\u030a'],
]);

/** What a command without arguments prints; a name we do not know stands for itself. */
export function sign(name: string): string {
  return GREEK.get(name) ?? SYMBOLS.get(name) ?? name;
}

function pairs(words: string): Map<string, string> {
  const found = new Map<string, string>();
  const list = words.split(' ');
  for (let at = 0; at + 1 < list.length; at += 2) found.set(list[at] ?? '', list[at + 1] ?? '');
  return found;
}
