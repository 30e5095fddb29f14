/** Where the links of papers may lead; everything else is shown without a link. */
const HOSTS: ReadonlySet<string> = new Set([
  'huggingface.co',
  'arxiv.org',
  'www.arxiv.org',
  'alphaxiv.org',
  'www.alphaxiv.org',
]);

const LONGEST = 500;

/**
 * The link of a paper's record in a form that ends no link of a chat's markup early; undefined where
 * it leads elsewhere, is not https, or carries a name, a password or a port.
 */
export function paperLink(url: string): string | undefined {
  const parsed = URL.parse(url);
  if (parsed === null || parsed.protocol !== 'https:' || !HOSTS.has(parsed.hostname)) {
    return undefined;
  }
  if (parsed.username !== '' || parsed.password !== '' || parsed.port !== '') return undefined;
  const href = parsed.href.replace(/[^\w.~:/?#@!$&+,;=%-]/g, encodeSign);
  return href.length > LONGEST ? undefined : href;
}

function encodeSign(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
