import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { foldText, foldTitle } from '../../src/papers/fold.ts';
import { pick, seededRandom } from './seeded-random.ts';

const PIECES = [
  '\\', '{', '}', '{}', '$', '`', "'", '"', '^', '_', '~', ' ', ',', '(', ')', '[', '%', '2', '8.5', 'a', 'x', 'n',
  'é', 'ε', '\u0301', '\ud83d', '\n', 'times', 'sim', 'leq', 'bigl', 'bigr', 'infty', 'theta', 'pi', 'sqrt',
  'frac', 'textbf', 'emph', 'href', 'alpha', 'mathcal', 'https://a.b', '\\alpha', '\\textbf{', '\\href{', '\\frac{',
  '\\unicode{x2013}', '\\{', '\\}', '\\$', '{\\em ', 'mod', ';mod ;', ', dots,', '{a, b}', 'unicode', 'cite{',
]; // biome-ignore format: one long list

describe('foldText on what the saved pages hold', () => {
  it.each([
    ['a 100\\% success rate', 'a 100% success rate'],
    ['up to 2times improvement', 'up to 2× improvement'],
    ['between 1.12times and 20.21times faster', 'between 1.12× and 20.21× faster'],
    ['1.53times~20.57times throughput', '1.53×~20.57× throughput'],
    ['as fast as MobileNetV2times 1.4 (1.6 ms', 'as fast as MobileNetV2× 1.4 (1.6 ms'],
    ['R^3 {times} S^2', 'R^3 × S^2'],
    ["L\\'evy Flights", 'Lévy Flights'],
    ['a quantity {\\Psi} to analyze', 'a quantity Ψ to analyze'],
    ["Spearman's {\\rho}", "Spearman's ρ"],
    ['at {{https://github.com/x/Y}}.', 'at https://github.com/x/Y.'],
    ['at: {\\footnotesizeblue{https://github.com/x/Y}}.', 'at: https://github.com/x/Y.'],
    ['at https://github.com/x/MPBN{MPBN}.', 'at https://github.com/x/MPBN (MPBN).'],
    ["the ``deep'' learning", 'the "deep" learning'],
    ['its ``Hard Reset" mechanism', 'its "Hard Reset" mechanism'],
    ['(> 10^{19}) networks', '(> 10^19) networks'],
    ['a 1.8%sim8.2% improvement', 'a 1.8%~8.2% improvement'],
    ['chi_1 and chi_2leq chi_1', 'χ_1 and χ_2≤ χ_1'],
    ['Obigl(NKD^3bigr) for N', 'O(NKD^3) for N'],
    ['O(nfrac{L{mu}}log(1{epsilon}))', 'O(nL/μlog(1/ε))'],
    ['theta_i-theta_j ;mod ; 2pi.', 'θ_i-θ_j mod 2π.'],
    ['the form O(sqrt(T))', 'the form O(√(T))'],
    ['(e.g., VSEinfty, Clip-ViL)', '(e.g., VSE∞, Clip-ViL)'],
    ['we propose \\tool, a general', 'we propose tool, a general'],
    ['to utilize~proxy tasks', 'to utilize proxy tasks'],
    ['Network~(FFN)', 'Network (FFN)'],
  ])('folds %j to %j', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });
});

describe('foldText on what arXiv writes', () => {
  it.each([
    ['\\textbf{D}$ata and \\emph{Dependent \\textbf{TS}}', 'D$ata and Dependent TS'],
    ['{\\em backdoor attacks} and {\\it one, two}', 'backdoor attacks and one, two'],
    ['\\href{https://a.b/c}{https://a.b/c}.', 'https://a.b/c.'],
    ['\\href{https://a.b/c}{\\texttt{here}}.', 'here (https://a.b/c).'],
    ['Code: \\url{https://a.b/c_d}.', 'Code: https://a.b/c_d.'],
    ['K\\"ahler, Fr\\\'{e}chet, na\\"{\\i}ve, Do\\~nana', 'Kähler, Fréchet, naïve, Doñana'],
    ['Rozho\\v{n}, Fran\\c{c}ois, Bj{\\o}ntegaard', 'Rozhoň, François, Bjøntegaard'],
    ['$\\mathcal{O}(n^{4/3})$ queries', 'O(n^(4/3)) queries'],
    ['$75.22\\pm11.81$ and $10.37\\times$', '75.22±11.81 and 10.37×'],
    ['480$\\times$360', '480×360'],
    ['360$^\\circ$ and 6.034{\\deg}', '360° and 6.034°'],
    ['the $21^{st}$ century', 'the 21st century'],
    ['S$^2$Teacher, MT$^{3}$', 'S^2Teacher, MT^3'],
    ['labels from $\\{-1, 1\\}$', 'labels from {-1, 1}'],
    ['tasks$\\unicode{x2013}$hard', 'tasks–hard'],
    ['$\\frac{n}{5} + \\frac{a+b}{2}$', 'n/5 + (a+b)/2'],
    ['DPO~\\citep{dpo}', 'DPO [dpo]'],
    ['\\(\\sim15\\%\\) accuracy', '~15% accuracy'],
    ['5{,}000 prompts', '5,000 prompts'],
    ['topic\\_seed and H\\&E', 'topic_seed and H&E'],
  ])('folds %j to %j', (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it('keeps amounts of money apart from mathematics', () => {
    const text = 'around $250, and an average of $306, between $48-$74 where $x$ is small';
    expect(foldText(text)).toBe(
      'around $250, and an average of $306, between $48-$74 where x is small',
    );
  });
});

// Answers showed "%However, the macro structure of such spaces".
describe('foldText on comments of a LaTeX source', () => {
  it.each([
    ['macro search spaces. %However, the structure', 'macro search spaces. However, the structure'],
    ['%As a result, we search.', 'As a result, we search.'],
    ['It is fast. % The code is public.', 'It is fast. The code is public.'],
    ['a title\n%%we compare', 'a title\nwe compare'],
  ])('drops the sign: %j', (text, folded) => expect(foldText(text)).toBe(folded));

  it.each([
    'It gains 5%. 95% of it is new.',
    'by 8+% across four models',
    '87 % within a storey',
    '% of the data',
    'It gains 5 %However small',
    'on Windows. %PATH% is read',
  ])('keeps it: %j', (text) => expect(foldText(text)).toBe(text));
});

describe('foldText in general', () => {
  it('takes an amount of money for no mathematics where a formula follows', () => {
    const text = 'costs $5 while 10\\% of $x$ holds';
    expect(foldText(text)).toBe('costs $5 while 10% of x holds');
  });

  it('folds what is nested deeper than anyone writes', () => {
    const text = `${'{'.repeat(40)}x${'}'.repeat(40)} ${'\\emph{'.repeat(40)}y${'}'.repeat(40)}`;
    expect(foldText(text)).toBe('x y');
  });

  it.each([
    'Sometimes, similar simulations run 60 times faster at 5pm',
    'sim2real transfer for New York Times readers, many times',
    'the delta rule, a pi-shaped cut, alpha and beta testers',
    'snake_case in {verb, what, where} and ~50% of 3~5 runs',
    'Padé: "quoted", it\'s DεpS, 日本語のテキスト',
  ])('leaves %j alone', (text) => {
    expect(foldText(text)).toBe(text);
  });

  it('changes nothing when it folds a second time', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 20_000; round += 1) {
      const text = Array.from({ length: 1 + random() * 12 }, () => pick(random, PIECES)).join('');
      const once = foldText(text);
      expect(foldText(once), JSON.stringify(text)).toBe(once);
    }
  });

  it('leaves no command and no lone brace in any saved page', () => {
    for (const name of readdirSync('data/pages')) {
      const folded = foldText(readFileSync(`data/pages/${name}`, 'utf8'));
      expect(folded).not.toMatch(/[\\{}]|``|\dtimes/);
    }
  });

  it.each([
    '{',
    '}',
    '{{}',
    '\\',
    '$',
    '$a',
    '\\href{',
    '\\frac{a}',
    '{a',
    'http://',
    'bigl',
    '{\\em   ',
    '^{',
    '\\footnote{',
    '`',
    "'",
    'a~',
  ])('takes linear time on %j repeated', (piece) => {
    const start = performance.now();
    foldText(piece.repeat(1_000_000 / piece.length));
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});

describe('foldTitle', () => {
  it.each([
    ['DεpS: Delayed ε-Shrinking', 'DepsilonpS - delayed epsilon Shrinking'],
    ['Lévy Flights', "L\\'evy flights"],
    ['MLPs for 100times Faster', 'MLPs for $100\\times$ faster'],
    ['Graph—Networks:  A\tStudy', 'graph-networks a study'],
    ['Scaling via $μ$P', 'Scaling via µP'],
    ['ﬁne Tuning', 'fine-tuning'],
    ['SØREN and Łukasz', 'Soren and Lukasz'],
  ])('holds %j and %j for the same title', (one, other) => {
    expect(foldTitle(one)).toBe(foldTitle(other));
  });

  it.each([
    ['GPT-3', 'GPT-4'],
    ['图神经网络', '图神经'],
    ['कि', 'की'],
    ['???', '!!!'],
  ])('tells %j from %j', (one, other) => {
    expect(foldTitle(one)).not.toBe(foldTitle(other));
  });
});
