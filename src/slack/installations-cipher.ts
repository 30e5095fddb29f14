import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { FootnoteError } from '../errors.ts';

/** Encrypts what is stored of an installation. */
export interface Cipher {
  /** Readable only together with what it is bound to, the key of its row. */
  seal(text: string, boundTo: string): string;
  /** Throws FootnoteError `config` without the key for it, and where somebody has changed it. */
  open(sealed: string, boundTo: string): string;
  /** Whether it was sealed with the first of the keys. */
  isCurrent(sealed: string): boolean;
}

/** What a sealed text begins with; another form would get another number. */
const FORM = '1';
const ALGORITHM = 'aes-256-gcm';
/** The length that GCM is made for: https://csrc.nist.gov/pubs/sp/800/38/d/final */
const IV_BYTES = 12;
const NAME_LENGTH = 12;

/** AES-256-GCM. Of the keys, each 64 hex digits, the first seals and all of them open. */
export function createCipher(keys: readonly string[]): Cipher {
  const known = keys.map((hex) => ({ name: nameOf(hex), key: Buffer.from(hex, 'hex') }));
  const [first] = known;
  if (first === undefined) throw new Error('A cipher needs a key.');
  return {
    seal(text, boundTo) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv(ALGORITHM, first.key, iv).setAAD(Buffer.from(boundTo));
      const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const parts = [iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url'));
      return [FORM, first.name, ...parts].join('.');
    },
    open(sealed, boundTo) {
      const [form, name, iv = '', tag = '', data = ''] = sealed.split('.');
      const key = known.find((each) => each.name === name)?.key;
      if (form !== FORM || key === undefined) throw withoutKey(boundTo);
      try {
        const bytes = (part: string) => Buffer.from(part, 'base64url');
        const decipher = createDecipheriv(ALGORITHM, key, bytes(iv), { authTagLength: 16 });
        decipher.setAAD(Buffer.from(boundTo)).setAuthTag(bytes(tag));
        return Buffer.concat([decipher.update(bytes(data)), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw damaged(boundTo, cause);
      }
    },
    isCurrent: (sealed) => sealed.split('.')[1] === first.name,
  };
}

/** Tells which key it was; nobody gets from it to the key. */
function nameOf(hex: string): string {
  return createHash('sha256').update(`footnote ${hex}`).digest('hex').slice(0, NAME_LENGTH);
}

function withoutKey(boundTo: string): FootnoteError {
  return new FootnoteError(
    'config',
    `The installation ${boundTo} was encrypted with a key that SLACK_ENCRYPTION_KEYS does not name. Put that key back, behind the first; nothing is lost until then. Without it, the app has to be installed there again.`,
    { facts: { installation: boundTo } },
  );
}

function damaged(boundTo: string, cause: unknown): FootnoteError {
  return new FootnoteError(
    'config',
    `The stored installation ${boundTo} was changed and cannot be decrypted. Install the app there again.`,
    { cause, facts: { installation: boundTo } },
  );
}
