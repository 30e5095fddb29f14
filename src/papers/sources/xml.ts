import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element: its children by name, attributes with `@` before theirs, and its text. */
export interface XmlNode {
  readonly [name: string]: unknown;
}

const MOST_CHARACTERS = 64 * 1024 * 1024;
const DEEPEST = 40;
const TEXT = '#text';
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  textNodeName: TEXT,
  parseTagValue: false,
  parseAttributeValue: false,
  // Entities of a document's own could grow without end; the five that XML has are read below.
  processEntities: false,
  maxNestedTags: DEEPEST,
  removeNSPrefix: false,
});

/** The whole document, or undefined for what is no XML, is cut off or brings its own entities. */
export function parseXml(text: string): XmlNode | undefined {
  if (text.length > MOST_CHARACTERS || /<!(?:DOCTYPE|ENTITY)/i.test(text)) return undefined;
  try {
    if (XMLValidator.validate(text) !== true) return undefined;
    return asNode(parser.parse(text));
  } catch {
    return undefined;
  }
}

/** The first child of that name as an element; an empty one where there is none. */
export function child(node: XmlNode, name: string): XmlNode {
  return children(node, name)[0] ?? {};
}

/** All children of that name. */
export function children(node: XmlNode, name: string): readonly XmlNode[] {
  const value = Object.hasOwn(node, name) ? node[name] : undefined;
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((one): readonly XmlNode[] => {
    if (typeof one === 'string') return [{ [TEXT]: one }];
    const node = asNode(one);
    return node === undefined ? [] : [node];
  });
}

/** The text of the first child of that name, decoded; empty where there is none. */
export function textOf(node: XmlNode, name: string): string {
  return ownText(child(node, name));
}

/** The text of an element itself. */
export function ownText(node: XmlNode): string {
  const text = Object.hasOwn(node, TEXT) ? node[TEXT] : '';
  return typeof text === 'string' ? decode(text) : '';
}

export function attribute(node: XmlNode, name: string): string {
  const value = Object.hasOwn(node, `@${name}`) ? node[`@${name}`] : '';
  return typeof value === 'string' ? decode(value) : '';
}

function asNode(value: unknown): XmlNode | undefined {
  const isNode = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isNode ? (value as XmlNode) : undefined; // an object has names and unknown values
}

function decode(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,4}));/gi,
    (whole, hex, digits, name) => {
      if (name !== undefined) return NAMED[name] ?? whole;
      const code = hex === undefined ? Number(digits) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
