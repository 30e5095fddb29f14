// Of any provider, since those other than OpenAI read keys that we never see.
const KEY_LIKE = [
  /\b(?:sk|pk|rk|gsk|xai|hf|pplx|nvapi)[-_][\w*.-]{4,}/gi,
  /\b(?:Bearer|Basic)\s+[^\s"',;]+/gi,
  /(?<=[?&][\w-]*(?:key|token|secret|signature)[\w-]*=)[^&\s"']+/gi,
  /(?<=:\/\/)[^/@\s]+(?=@)/g,
];
const MARK = '[redacted]';
/** Servers echo keys shortened; fewer characters in a row of a key of 30 or more give it not away. */
const SHORTEST_RUN = 8;

/**
 * The text without the secret, plain or encoded, whole or eight characters of it in a row, in
 * capitals or not, and without whatever else looks like a key.
 */
export function redact(text: string, secret: string | undefined): string {
  const known = withoutRuns(text, formsOf(secret ?? ''));
  return KEY_LIKE.reduce((rest, pattern) => rest.replace(pattern, MARK), known);
}

/** The parts outside all runs; runs that touch are one. */
function withoutRuns(text: string, forms: readonly string[]): string {
  const folded = fold(text);
  const runs = new Set(forms.flatMap(runsOf));
  const lengths = new Set([...runs].map(({ length }) => length));
  let rest = '';
  let hiddenTo = 0;
  for (let at = 0; at < text.length; at += 1) {
    for (const length of lengths) {
      if (!runs.has(folded.slice(at, at + length))) continue;
      if (at > hiddenTo || hiddenTo === 0) rest += MARK;
      hiddenTo = Math.max(hiddenTo, at + length);
    }
    if (at >= hiddenTo) rest += text[at];
  }
  return rest;
}

function runsOf(form: string): readonly string[] {
  const folded = fold(form);
  const length = Math.min(SHORTEST_RUN, folded.length);
  return Array.from({ length: folded.length - length + 1 }, (_, at) =>
    folded.slice(at, at + length),
  );
}

// Of ASCII alone: elsewhere the case may change the length.
function fold(text: string): string {
  return text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}

function formsOf(secret: string): readonly string[] {
  if (secret === '') return [];
  const bytes = Buffer.from(secret);
  const forms = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('hex'),
    ...[0, 1, 2].flatMap((before) => base64After(before, bytes)),
  ];
  // The middle of a short secret in base64 may be two characters, which stand everywhere.
  return forms.filter(({ length }) => length >= secret.length);
}

/** As base64 writes it behind so many other bytes, without the characters that hold others' bits. */
function base64After(before: number, bytes: Buffer): readonly string[] {
  const all = Buffer.concat([Buffer.alloc(before), bytes]);
  const start = Math.ceil((before * 4) / 3);
  return (['base64', 'base64url'] as const).map((form) => all.toString(form).slice(start));
}
