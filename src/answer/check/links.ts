/** What a platform, a page or a terminal makes a link of; any word with a dot inside counts. */
const LINK =
  /\b[a-z][a-z\d+.-]*:\/{1,2}\S*|\bwww\.\S*|\b(?:mailto|javascript|data|tel|sms|file):(?=\S)\S*|[\p{L}\p{N}._-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}|\b\d{1,3}(?:\.\d{1,3}){3}\b\S*|(?<![\p{L}\p{N}@.-])(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?:[/:?#]\S*)?/giu;
// "evil[.]com", "evil (dot) com": read as the dot that they stand for.
const BROKEN_DOT = /\s?[[({]\s?(?:\.|dot)\s?[\])}]\s?/giu;
const OTHER_DOTS = /[。．․｡·・](?=\p{L})/gu;
// "e.g." and "i.e." have one letter behind each dot; these have more.
const NO_LINK = /^(?:et\.al|vs\.\p{L}+|no\.\p{L}+|fig\.\p{L}+|v?\d+(?:\.\d+)*\p{L}*)$/iu;

/** What reads as a link in a text, in order, without the signs that close a sentence. */
export function linksIn(text: string): readonly string[] {
  const plain = text.replace(BROKEN_DOT, '.').replace(OTHER_DOTS, '.');
  return (plain.match(LINK) ?? [])
    .map((link) => link.replace(/[.,;:!?)\]}"”’]+$/u, ''))
    .filter((link) => !NO_LINK.test(link));
}

/** Whether a link stands nowhere in the evidence as it is. */
export function isForeignLink(link: string, evidence: string): boolean {
  const key = (text: string) => text.normalize('NFKC').toLowerCase();
  return !key(evidence).includes(key(link));
}
