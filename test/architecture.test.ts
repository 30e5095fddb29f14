import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';

const ROOT = join(import.meta.dirname, '..');
const MAX_FILE_LINES = 250;
const MAX_FUNCTION_LINES = 60;

interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly isType: boolean;
}

interface Source {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly nodes: readonly Node[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

const code = load(['src/**/*.ts', 'bench/**/*.ts']);
const tests = load(['test/**/*.ts']);
const imports = code.flatMap(importsOf);

/** `slack, discord, web, terminal -> bot -> answer, digest -> retrieval -> papers, llm`. */
const GROUND = ['papers', 'llm'];
const CORE = ['retrieval', ...GROUND];
const ANSWERING = ['answer', 'digest', ...CORE];
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  papers: [],
  llm: [],
  retrieval: GROUND,
  answer: CORE,
  digest: ['answer', ...CORE],
  bot: ANSWERING,
  eval: ANSWERING,
  slack: ['bot', ...ANSWERING],
  discord: ['bot', ...ANSWERING],
  web: ['bot', ...ANSWERING],
  terminal: ['bot', ...ANSWERING],
  store: ['bot', ...ANSWERING],
};
const WIRING = ['main', 'commands', 'assembly', 'bench'];
/** Any room may throw these errors. */
const EVERYWHERE = ['errors'];
/** Any room may name their types; `main.ts` hands their values on. */
const TYPES_EVERYWHERE = ['config', 'log'];

const HOMES: readonly (readonly [name: string, sdk: RegExp, home: RegExp])[] = [
  ['LanceDB and Arrow', /^(?:@lancedb\/lancedb|apache-arrow)\b/, /^src\/retrieval\/lance\//],
  ['transformers.js', /^@huggingface\/transformers\b/, /^src\/llm\//],
  ['OpenAI', /^openai\b/, /^src\/llm\//],
  [
    'LangChain',
    /^(?:@langchain\/|langchain\b)/,
    /^src\/(?:llm\/|eval\/baselines\.ts$|answer\/(?:chain|chain-steps|compose-step|model\/model-call)\.ts$)/,
  ],
  ['OpenTelemetry', /^@opentelemetry\//, /^src\/llm\/tracing\.ts$/],
  ['Hono', /^(?:hono\b|@hono\/)/, /^src\/web\//],
  ['Kysely and its databases', /^(?:kysely|node:sqlite|pg)$/, /^src\/store\//],
  ['pino', /^pino\b/, /^src\/log\.ts$/],
  ['cli-progress', /^cli-progress$/, /^src\/terminal\//],
  ['chrono', /^chrono-node$/, /^src\/answer\//],
  ['resvg', /^@resvg\//, /^src\/digest\//],
  ['Bolt', /^@slack\//, /^src\/slack\//],
  ['discord.js', /^discord\.js$/, /^src\/discord\//],
];

describe('the arrows between rooms', () => {
  it('point one way', () => {
    const wrong = imports.flatMap(({ from, specifier, isType }) => {
      const [room, target] = [roomOf(from), roomOf(resolve(from, specifier))];
      if (!specifier.startsWith('.') || room === target || WIRING.includes(room)) return [];
      if (EVERYWHERE.includes(target) || (TYPES_EVERYWHERE.includes(target) && isType)) return [];
      return ARROWS[room]?.includes(target) ? [] : [`${from} -> ${specifier}`];
    });
    expect(wrong).toEqual([]);
  });

  it('from the store meet ports: what it imports of other rooms are types', () => {
    const wrong = imports.filter(
      ({ from, specifier, isType }) =>
        roomOf(from) === 'store' &&
        specifier.startsWith('../') &&
        !isType &&
        !EVERYWHERE.includes(roomOf(resolve(from, specifier))),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    ['main', []],
    ['assembly', ['main', 'commands', 'bench']],
    ['commands', ['main', 'commands', 'bench']],
    ['bench', ['commands', 'bench']],
  ])('reach %s only from %j', (target, allowed) => {
    const wrong = imports.filter(
      ({ from, specifier }) =>
        specifier.startsWith('.') &&
        roomOf(resolve(from, specifier)) === target &&
        !allowed.includes(roomOf(from)),
    );
    expect(wrong).toEqual([]);
  });

  it('know every room', () => {
    const rooms = new Set(code.map(({ path }) => roomOf(path)));
    const known = [...Object.keys(ARROWS), ...WIRING, ...EVERYWHERE, ...TYPES_EVERYWHERE];
    expect([...rooms].filter((room) => !known.includes(room))).toEqual([]);
  });
});

describe('imports', () => {
  // A bench may import an SDK to measure against it.
  it.each(HOMES)('of %s stand in one place', (_, sdk, home) => {
    const away = imports.filter(
      ({ from, specifier }) => from.startsWith('src/') && sdk.test(specifier) && !home.test(from),
    );
    expect(away.map(({ from, specifier }) => `${from} imports ${specifier}`)).toEqual([]);
  });

  it('carry .ts when they are relative', () => {
    const relatives = [...imports, ...tests.flatMap(importsOf)].filter(({ specifier }) =>
      specifier.startsWith('.'),
    );
    expect(relatives.length).toBeGreaterThan(100);
    expect(relatives.filter(({ specifier }) => !specifier.endsWith('.ts'))).toEqual([]);
  });
});

describe('the code', () => {
  it('reads process.env in config.ts only', () => {
    const readers = code.filter(({ nodes }) => nodes.some(isProcessEnv)).map(({ path }) => path);
    expect(readers.filter((path) => path.startsWith('src/'))).toEqual(['src/config.ts']);
  });

  it.each([
    ['default exports', 'ExportDefaultDeclaration'],
    ['any', 'TSAnyKeyword'],
    ['non-null assertions', 'TSNonNullExpression'],
    ['enums', 'TSEnumDeclaration'],
    ['parameter properties', 'TSParameterProperty'],
  ])('has no %s', (_, type) => {
    const users = [...code, ...tests].filter(({ nodes }) => nodes.some((n) => n.type === type));
    expect(users.map(({ path }) => path)).toEqual([]);
  });

  it(`has no file over ${MAX_FILE_LINES} lines`, () => {
    const long = [...code, ...tests]
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > MAX_FILE_LINES);
    expect(long).toEqual([]);
  });

  it(`has no function over ${MAX_FUNCTION_LINES} lines`, () => {
    const long = code.flatMap(({ path, text, nodes }) =>
      nodes
        .filter(({ type }) => /Function/.test(type))
        .map(({ start, end }) => ({
          place: `${path}:${text.slice(0, start).split('\n').length}`,
          lines: text.slice(start, end).split('\n').length,
        }))
        .filter(({ lines }) => lines > MAX_FUNCTION_LINES),
    );
    expect(long).toEqual([]);
  });

  it('names files in kebab-case, and none for what every file is', () => {
    const paths = [...code, ...tests].map(({ path }) => path);
    const odd = paths.filter(
      (path) =>
        !/\/[a-z0-9]+(?:-[a-z0-9]+)*(?:\.test)?\.ts$/.test(path) ||
        /\b(?:utils?|helpers?|managers?|services?|data)\b/.test(posix.basename(path)),
    );
    expect(odd).toEqual([]);
  });

  it('names no path of one machine', () => {
    const users = code.filter(({ text }) =>
      /(?<![\w.*-])\/(?:work|home|tmp|root|Users)\//.test(text),
    );
    expect(users.map(({ path }) => path)).toEqual([]);
  });
});

function load(patterns: readonly string[]): readonly Source[] {
  return globSync(patterns, { cwd: ROOT }).map((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    const nodes: Node[] = [];
    // The types of vite's parser do not know that it takes a language.
    const options = { lang: 'ts' } as Parameters<typeof parseAst>[1];
    collect(parseAst(text, options), nodes);
    return { path: file.split(sep).join('/'), text, nodes };
  });
}

function collect(value: unknown, nodes: Node[]): void {
  if (Array.isArray(value)) for (const item of value) collect(item, nodes);
  if (!isNode(value)) return;
  nodes.push(value);
  for (const field of Object.values(value)) collect(field, nodes);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

function importsOf({ path, nodes }: Source): readonly Import[] {
  return nodes.flatMap((node) => {
    const isImport = /^(?:Import|ExportNamed|ExportAll)(?:Declaration|Expression)$/.test(node.type);
    const source = isImport && isNode(node.source) ? node.source.value : undefined;
    if (typeof source !== 'string') return [];
    const isType = node.importKind === 'type' || node.exportKind === 'type';
    return [{ from: path, specifier: source, isType }];
  });
}

function isProcessEnv({ type, object, property }: Node): boolean {
  const names = [object, property].map((node) => (isNode(node) ? node.name : undefined));
  return type === 'MemberExpression' && names.join('.') === 'process.env';
}

function resolve(from: string, specifier: string): string {
  return relative(ROOT, join(ROOT, dirname(from), specifier))
    .split(sep)
    .join('/');
}

/** `src/answer/decide.ts` is of the room `answer`, `src/main.ts` of its own. */
function roomOf(path: string): string {
  const [top = '', room = ''] = path.split('/');
  return top === 'src' ? room.replace(/\.ts$/, '') : top;
}
