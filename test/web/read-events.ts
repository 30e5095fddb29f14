/** An event as it came. */
export interface SentEvent {
  readonly event: string;
  readonly data: unknown;
}

/** The events of a reply, comments as `comment`, as they come. */
export async function* readEvents(reply: Response): AsyncGenerator<SentEvent> {
  if (reply.body === null) throw new Error('The reply has no body.');
  let text = '';
  for await (const piece of reply.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + piece).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) yield parse(block);
  }
  if (text !== '') throw new Error(`The last event is not whole: ${text}`);
}

export async function allEvents(reply: Response): Promise<readonly SentEvent[]> {
  const events: SentEvent[] = [];
  for await (const event of readEvents(reply)) events.push(event);
  return events;
}

function parse(block: string): SentEvent {
  if (block.startsWith(':')) return { event: 'comment', data: block.slice(1).trim() };
  const [, event, data] = /^event: (\w+)\ndata: (.+)$/.exec(block) ?? [];
  if (event === undefined || data === undefined) throw new Error(`Not an event: ${block}`);
  return { event, data: JSON.parse(data) };
}
