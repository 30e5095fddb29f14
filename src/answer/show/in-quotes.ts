/**
 * Foreign words inside a sentence of our own: what is typed or a title cannot leave its quotation
 * marks, link, mention anybody or mark text up.
 */
export function inQuotes(text: string): string {
  const plain = text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[@#!][^>]*>|\bhttps?:\/\/\S+|\bwww\.\S+/gi, ' ')
    .replace(/(?<!\w)@(?=\w)/g, '')
    .replace(/[“”"]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
  return `“${plain}”`;
}
