import type { PostedMessage } from '../../src/digest/delivery.ts';
import type { DigestDoor, Posting } from '../../src/digest/digest-door.ts';

type Step = 'post' | 'store-then-fail' | 'store-then-hang' | Error;

/** A door that keeps what is posted, the same thing twice as well, and does as it is told. */
export class FakeDigestDoor implements DigestDoor {
  readonly posted: Posting[] = [];
  readonly told: { readonly ownerId: string; readonly text: string }[] = [];
  readonly calls: string[] = [];
  #steps: Step[] = [];
  #tellings: (Error | undefined)[] = [];

  /** What becomes of the next posts, one after the other; then all go well. */
  next(...steps: readonly Step[]): this {
    this.#steps.push(...steps);
    return this;
  }

  failTelling(...errors: readonly Error[]): this {
    this.#tellings.push(...errors);
    return this;
  }

  async find({ key }: Posting) {
    this.calls.push('find');
    const found = this.posted.filter((posting) => posting.key === key);
    return found.length === 0
      ? undefined
      : { isWhole: true, messages: found.flatMap((posting) => messagesOf(posting)) };
  }

  async post(posting: Posting): Promise<readonly PostedMessage[]> {
    this.calls.push('post');
    const step = this.#steps.shift() ?? 'post';
    if (step instanceof Error) throw step;
    this.posted.push(posting);
    if (step === 'store-then-fail') throw new Error('The platform said 500.');
    if (step === 'store-then-hang') await new Promise(() => {});
    return messagesOf(posting);
  }

  async tell(ownerId: string, text: string): Promise<void> {
    this.calls.push('tell');
    const error = this.#tellings.shift();
    if (error !== undefined) throw error;
    this.told.push({ ownerId, text });
  }
}

/** One message of the whole, and one for each paper. */
function messagesOf({ key, digest }: Posting): readonly PostedMessage[] {
  const items = digest.kind === 'papers' ? digest.items : [];
  const each = items.map(({ n, paperId }) => ({ messageId: `${key}-${n}`, paperId }));
  return [{ messageId: key }, ...each];
}
