// Of any provider, since those other than OpenAI read keys that we never see.
const KEY_LIKE = [
  /\b(?:sk|pk|rk|gsk|xai|hf|pplx|nvapi)[-_][\w*.-]{4,}/gi,
  /\b(?:Bearer|Basic)\s+[^\s"',;]+/gi,
  /(?<=[?&][\w-]*(?:key|token|secret|signature)[\w-]*=)[^&\s"']+/gi,
  /(?<=:\/\/)[^/@\s]+(?=@)/g,
];
const MARK = '[redacted]';

/** The text without the secret, plain or encoded, and without whatever else looks like a key. */
export function redact(text: string, secret: string | undefined): string {
  const known = formsOf(secret ?? '').reduce((rest, form) => rest.replaceAll(form, MARK), text);
  return KEY_LIKE.reduce((rest, pattern) => rest.replace(pattern, MARK), known);
}

// The longest first, so that no form leaves the rest of a longer one behind.
function formsOf(secret: string): readonly string[] {
  if (secret === '') return [];
  const bytes = Buffer.from(secret);
  const forms = [
    secret,
    secret.toLowerCase(),
    secret.toUpperCase(),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('base64'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ];
  return forms.sort((a, b) => b.length - a.length);
}
