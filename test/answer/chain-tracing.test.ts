import { BaseCallbackHandler } from '@langchain/core/callbacks/base';
import { afterAll, describe, expect, it } from 'vitest';
import { createChain } from '../../src/answer/chain.ts';
import { ChainLibrary } from './chain-library.ts';

const library = await ChainLibrary.open();
const { server } = library;
afterAll(() => library.close());

interface Run {
  readonly kind: 'chain' | 'model';
  readonly name: string | undefined;
  readonly parent: string | undefined;
  readonly inputs?: unknown;
}

type Handled = NonNullable<BaseCallbackHandler['handleChainStart']>;
type HandledModel = NonNullable<BaseCallbackHandler['handleChatModelStart']>;

/** What LangSmith or OpenTelemetry would see. */
class RunRecord extends BaseCallbackHandler {
  readonly name = 'run-record';
  // LangChain would run it in the background otherwise.
  override awaitHandlers = true;
  readonly runs = new Map<string, Run>();
  readonly ended = new Set<string>();

  // Called with the parent fourth and the name eighth, whatever the names in its type say.
  override handleChainStart(...[, inputs, id, parent, , , , name]: Parameters<Handled>) {
    this.runs.set(id, { kind: 'chain', name, parent, inputs });
  }

  override handleChatModelStart(...[, , id, parent, , , , name]: Parameters<HandledModel>) {
    this.runs.set(id, { kind: 'model', name, parent });
  }

  override handleChainEnd(_: unknown, id: string) {
    this.ended.add(id);
  }

  override handleLLMEnd(_: unknown, id: string) {
    this.ended.add(id);
  }

  /** The names of a run and of those that it ran in, from within. */
  within(id: string | undefined): readonly (string | undefined)[] {
    const run = id === undefined ? undefined : this.runs.get(id);
    return run === undefined ? [] : [run.name, ...this.within(run.parent)];
  }

  get models(): readonly string[] {
    return [...this.runs].flatMap(([id, { kind }]) => (kind === 'model' ? [id] : []));
  }
}

describe('tracing by LangChain', () => {
  it('sees every step, and the model within its step', async () => {
    server.script(
      { kind: 'text', text: 'By how much does DiskGNN speed up the baselines?' },
      {
        kind: 'text',
        text: '- It is faster by 9x. [1] "DiskGNN can speed up the baselines by over 8x"',
      },
      { kind: 'text', text: 'NONE' },
    );
    const record = new RunRecord();
    const request = { question: 'and by how much is it faster?', history: ['what is DiskGNN?'] };
    await createChain(library.parts()).invoke(request, { callbacks: [record] });
    const steps = ['read', 'rewrite', 'retrieve', 'recall', 'decide', 'compose', 'finish'];
    const chains = [...record.runs.values()].filter(({ kind }) => kind === 'chain');
    expect(chains.map(({ name }) => name)).toEqual(expect.arrayContaining(['answer', ...steps]));
    for (const [id, { name }] of record.runs) {
      if (steps.includes(name ?? '')) expect(record.within(id)).toContain('answer');
    }
    expect(record.models.map((id) => record.within(id).slice(0, 2))).toEqual([
      ['rewrite', 'rewrite'],
      ['answer', 'compose'],
      ['repair', 'compose'],
    ]);
    expect([...record.runs.keys()].filter((id) => !record.ended.has(id))).toEqual([]);
  });

  it('is given what matters, and no vectors', async () => {
    server.script({ kind: 'text', text: 'NONE' });
    const record = new RunRecord();
    const request = { question: 'what does DiskGNN speed up?' };
    await createChain(library.parts()).invoke(request, { callbacks: [record] });
    const compose = [...record.runs.values()].find(({ name }) => name === 'compose');
    const seen = JSON.stringify(compose?.inputs);
    expect(seen).toContain('DiskGNN: Bridging');
    expect(seen.length).toBeLessThan(5_000);
  });
});
