import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Json } from './model.ts';

export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface Payload {
  readonly body: Json;
  readonly files: readonly Upload[];
}

/** What a client sends: JSON, or a form with files and the JSON as one of its fields. */
export async function readPayload(request: IncomingMessage): Promise<Payload> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) {
    // A fake trusts its client to send JSON.
    const body = bytes.length === 0 ? {} : (JSON.parse(bytes.toString('utf8')) as Json);
    return { body, files: [] };
  }
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const json = form.get('payload_json');
  const files = [...form.values()].filter((value) => value instanceof File);
  return {
    body: typeof json === 'string' ? (JSON.parse(json) as Json) : {}, // as above
    files: await Promise.all(
      files.map(async (file) => ({ name: file.name, bytes: await file.bytes() })),
    ),
  };
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A reply without a body says nothing of its type, else clients try to read it. */
export function respond(response: ServerResponse, { status, body, headers = {} }: Reply): void {
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...headers, ...type });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
