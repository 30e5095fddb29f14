/** A streamed chat completion by `fetch` alone, read to its end and thrown away. */
export async function bareStream(baseUrl: string, question: string): Promise<void> {
  for await (const _ of await open(baseUrl, question));
}

/** Milliseconds until the first line break of a reply has arrived, read by `fetch` alone. */
export async function bareFirstLine(baseUrl: string, question: string): Promise<number> {
  const begun = performance.now();
  let lineMs: number | undefined;
  for await (const bytes of await open(baseUrl, question)) {
    if (Buffer.from(bytes).includes('\\n')) lineMs ??= performance.now() - begun;
  }
  if (lineMs === undefined) throw new Error('The reply has no line break.');
  return lineMs;
}

async function open(baseUrl: string, question: string): Promise<AsyncIterable<Uint8Array>> {
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: 'Bearer key', 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'gpt-5-mini',
      stream: true,
      messages: [{ role: 'user', content: question }],
    }),
  });
  if (!response.ok || response.body === null) {
    throw new Error(`The fake server refused: ${await response.text()}`);
  }
  return response.body;
}
