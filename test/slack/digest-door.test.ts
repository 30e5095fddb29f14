import { describe, expect, it } from 'vitest';
import { makeDigest, PLACE } from '../digest/made-up-digests.ts';
import { makeTurn } from '../store/make-turn.ts';
import { problemsOfMessage } from './check-blocks.ts';
import { KEY, makePosting, openDigestDoor, signal } from './digest-rig.ts';
import { HOSTILE } from './hostile.ts';
import { hostileDigests } from './hostile-digests.ts';
import { problemsOfSent } from './judge-sent.ts';
import { hostileTurn, RECORD } from './turns.ts';

const options = { signal };
const three = makePosting(['One', 'Two', 'Three']);

describe('a digest in a channel', () => {
  it('is a headline, with one message for each paper in its thread', async () => {
    const { api, door } = openDigestDoor();
    const messages = await door.post(three, options);
    const [headline, ...items] = api.shown;
    expect(headline).toMatchObject({ channel: 'C1', threadTs: undefined, text: '3 new papers.' });
    expect(items.map(({ threadTs }) => threadTs)).toEqual([1, 2, 3].map(() => headline?.ts));
    expect(messages.map(({ messageId }) => messageId)).toEqual(api.shown.map(({ ts }) => ts));
    const papers = three.digest.kind === 'papers' ? three.digest.items : [];
    expect(messages.map(({ paperId }) => paperId)).toEqual([
      undefined,
      ...papers.map(({ paperId }) => paperId),
    ]);
  });

  it('is found again by its key alone', async () => {
    const { api, door } = openDigestDoor();
    expect(await door.find(three, options)).toBeUndefined();
    const messages = await door.post(three, options);
    expect(await door.find(three, options)).toEqual({ messages, isWhole: true });
    expect(await door.find({ ...three, key: 'another' }, options)).toBeUndefined();
    const [metadata] = api.called('chat.postMessage').map((args) => args.metadata);
    expect(metadata).toEqual({ event_type: 'footnote_digest', event_payload: { key: KEY, n: 0 } });
  });

  it('is found behind many later messages', async () => {
    const { api, door } = openDigestDoor();
    await door.post(makePosting(['One']), options);
    for (let n = 0; n < 450; n++) {
      await api.call('chat.postMessage', { channel: 'C1', text: `talk ${n}` });
    }
    expect(await door.find(makePosting(['One']), options)).toMatchObject({ isWhole: true });
    expect(api.called('conversations.history').length).toBe(3);
  });

  it('is not taken from a message of somebody else with the same mark', async () => {
    const { api, door } = openDigestDoor();
    const metadata = { event_type: 'footnote_digest', event_payload: { key: KEY, n: 0 } };
    const call = api.call.bind(api);
    api.call = async (method, args) =>
      method === 'conversations.history'
        ? { ok: true, messages: [{ ts: '1.1', bot_id: 'BOTHER', user: 'UOTHER', metadata }] }
        : call(method, args);
    expect(await door.find(three, options)).toBeUndefined();
  });

  it.each([1, 2, 3])('that was cut off after %i messages gets what is missing', async (stood) => {
    const { api, door } = openDigestDoor();
    await door.post(three, options);
    api.messages.splice(stood);
    const standing = await door.find(three, options);
    expect(standing).toMatchObject({ isWhole: false });
    const messages = await door.post(three, { ...options, ...(standing && { standing }) });
    expect(api.shown).toHaveLength(4);
    expect(await door.find(three, options)).toEqual({ messages, isWhole: true });
  });

  it('that Slack took without saying so is not known to stand: any error but PostFailure', async () => {
    const { api, door } = openDigestDoor();
    api.faultNext('chat.postMessage', 'http_503', { isDone: true });
    await expect(door.post(three, options)).rejects.toMatchObject({ name: 'SlackApiError' });
    expect(await door.find(three, options)).toMatchObject({ isWhole: false });
  });

  it.each([
    ['channel_not_found', 'gone'],
    ['is_archived', 'gone'],
    ['not_in_channel', 'gone'],
    ['missing_scope', 'later'],
    ['msg_too_long', 'refused'],
  ])('that meets %s is %s', async (reason, kind) => {
    const { api, door } = openDigestDoor();
    api.faultNext('chat.postMessage', reason);
    await expect(door.post(three, options)).rejects.toMatchObject({ name: 'PostFailure', kind });
  });

  it('waits as long as Slack says', async () => {
    const { api, door } = openDigestDoor();
    api.faultNext('chat.postMessage', 'ratelimited', { retryAfter: 120 });
    await expect(door.post(three, options)).rejects.toMatchObject({
      kind: 'later',
      retryAfterMs: 120_000,
    });
  });

  it('whose workspace threw the app out is gone', async () => {
    const { door } = openDigestDoor();
    const place = { ...PLACE, workspaceId: 'T2' };
    await expect(door.post({ ...three, place }, options)).rejects.toMatchObject({ kind: 'gone' });
  });

  it('has its picture in the thread, once, with what it shows in words', async () => {
    const png = new Uint8Array([137, 80, 78, 71]);
    const { api, door } = openDigestDoor({ draw: () => ({ name: 'd.png', png, alt: 'A map.' }) });
    await door.post(three, options);
    const threadTs = api.shown[0]?.ts;
    const picture = { channel: 'C1', threadTs, name: 'd.png', content: png, comment: '' };
    expect(api.uploads).toEqual([{ ...picture, alt: 'A map.' }]);
    api.messages.splice(2);
    const standing = await door.find(three, options);
    await door.post(three, { ...options, ...(standing && { standing }) });
    expect(api.uploads).toHaveLength(1);
  });

  it('is posted without a picture that Slack does not take', async () => {
    const png = new Uint8Array([1]);
    const { api, door, logged } = openDigestDoor({
      draw: () => ({ name: 'd.png', png, alt: 'x' }),
    });
    api.faultNext('upload', 'missing_scope');
    expect(await door.post(three, options)).toHaveLength(4);
    expect(logged).toEqual(['slack.picture-not-posted']);
  });

  it('of a watched question and of an empty day is one message', async () => {
    const turn = makeTurn({ answerId: 'a1' });
    for (const digest of hostileDigests('plain words', turn).slice(1)) {
      const { api, door } = openDigestDoor();
      const posting = makePosting([], { digest });
      const messages = await door.post(posting, options);
      expect(api.shown).toHaveLength(1);
      expect(await door.find(posting, options)).toEqual({ messages, isWhole: true });
    }
  });

  it('that ends by itself is told to its owner in private', async () => {
    const { api, door } = openDigestDoor();
    await door.tell('U7', 'I have ended it: “<!here>”.', { ...options, place: PLACE });
    expect(api.shown).toMatchObject([{ channel: 'U7' }]);
    expect(problemsOfSent(api, new Set())).toEqual([]);
  });

  it('of twenty papers with long titles and links keeps the limits of Slack', async () => {
    const { api, door } = openDigestDoor();
    const titles = Array.from({ length: 20 }, (_, n) => `${n} ${'long title '.repeat(60)}`);
    const { items } = makeDigest(titles);
    const url = `https://arxiv.org/abs/${'1'.repeat(450)}`;
    const digest = { ...makeDigest(titles), items: items.map((item) => ({ ...item, url })) };
    await door.post(makePosting([], { digest }), options);
    expect(api.shown).toHaveLength(21);
    for (const { text, blocks } of api.shown) {
      // What was rendered as blocks, kept by the fake as it came.
      expect(problemsOfMessage({ text, blocks: blocks as never[] })).toEqual([]);
    }
  });

  it.each(HOSTILE)('lets nothing of its papers come alive: %s', async (_, text) => {
    const { api, door } = openDigestDoor();
    const turn = hostileTurn(text);
    for (const digest of hostileDigests(text, turn)) {
      await door.post(makePosting([], { digest }), options);
    }
    const records = new Set([RECORD, 'https://arxiv.org/abs/2401.00001']);
    expect(problemsOfSent(api, records)).toEqual([]);
    const sent = api.shown.flatMap(({ text: shown, blocks }) =>
      problemsOfMessage({ text: shown, blocks: blocks as never[] }),
    );
    expect(sent).toEqual([]);
  });
});
