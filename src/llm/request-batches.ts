// OpenAI takes 2,048 texts and 300,000 tokens a request; smaller servers are slow long before.
const REQUEST_TEXTS = 256;
const REQUEST_TOKENS = 200_000;
const REQUESTS_AT_ONCE = 2;

const CJK = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/gu;

/** More tokens than a model makes of nearly any text: English has 4 to 5 characters a token. */
export function countTokens(text: string): number {
  const rest = text.replace(CJK, '');
  return text.length - rest.length + Math.ceil(rest.length / 3);
}

/** Sends the texts in batches, two at once; vectors in the order of the texts. */
export async function embedInBatches(
  texts: readonly string[],
  request: (batch: readonly string[]) => Promise<readonly (readonly number[])[]>,
): Promise<readonly (readonly number[])[]> {
  const results: (readonly (readonly number[])[])[] = [];
  const batches = batchesOf(texts);
  // A generator shared by all: when one request fails, leaving the loop closes it for the others.
  const work = async () => {
    for (const { at, batch } of batches) results[at] = await request(batch);
  };
  await Promise.all(Array.from({ length: REQUESTS_AT_ONCE }, work));
  return results.flat();
}

function* batchesOf(
  texts: readonly string[],
): Generator<{ readonly at: number; readonly batch: readonly string[] }> {
  let at = 0;
  let batch: string[] = [];
  let tokens = 0;
  for (const text of texts) {
    const more = countTokens(text);
    if (batch.length === REQUEST_TEXTS || (batch.length > 0 && tokens + more > REQUEST_TOKENS)) {
      yield { at, batch };
      at += 1;
      batch = [];
      tokens = 0;
    }
    batch.push(text);
    tokens += more;
  }
  if (batch.length > 0) yield { at, batch };
}
