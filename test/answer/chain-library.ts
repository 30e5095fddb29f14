import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Answer, Evidence } from '../../src/answer/answer.ts';
import type { AnswerEvent, AnswerRequest } from '../../src/answer/answerer.ts';
import { type ChainParts, createChainAnswerer } from '../../src/answer/chain.ts';
import type { ChatChoice } from '../../src/config.ts';
import { parseConfig } from '../../src/config.ts';
import { createEmbedder } from '../../src/llm/create-embedder.ts';
import { loadPrompts } from '../../src/llm/prompts.ts';
import type { CallLimits } from '../../src/llm/resilient-reply.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { buildIndex } from '../../src/retrieval/build-index.ts';
import { createRetriever } from '../../src/retrieval/retriever.ts';
import type { ChatBody } from '../fakes/chat-rules.ts';
import { FakeChatServer } from '../fakes/chat-server.ts';
import { MemoryAnswerCache } from '../fakes/memory-answer-cache.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';
import { MemoryLedger } from '../fakes/memory-ledger.ts';
import { openChat } from '../llm/open-chat.ts';
import { HOSTILE_PAPERS } from './real-library.ts';

const SMALL_PAGE = join(import.meta.dirname, '../commands/pages/small.txt');

export interface ChainChoice extends Partial<Omit<ChainParts, 'model'>> {
  readonly chat?: Partial<ChatChoice>;
  readonly limits?: Partial<CallLimits>;
}

export interface Asked {
  readonly answer: Answer;
  readonly events: readonly AnswerEvent[];
  readonly sentences: readonly string[];
}

/** An answerer that asks; every answer it gives is checked to quote what stands. */
export type Ask = (question: string, request?: Omit<AnswerRequest, 'question'>) => Promise<Asked>;

/** The small page and the hostile papers under a model that ships, and a chat server to script. */
export class ChainLibrary {
  readonly server: FakeChatServer;
  readonly warnings: string[] = [];
  papers: readonly Paper[] = [];
  private readonly folder: string;
  private readonly embedder: Awaited<ReturnType<typeof createEmbedder>>;
  private readonly index = new MemoryIndex();

  private constructor(
    parts: Pick<ChainLibrary, 'server'> & { folder: string },
    embedder: ChainLibrary['embedder'],
  ) {
    this.server = parts.server;
    this.folder = parts.folder;
    this.embedder = embedder;
  }

  static async open(): Promise<ChainLibrary> {
    const folder = await mkdtemp(join(tmpdir(), 'footnote-chain-'));
    const server = await FakeChatServer.start();
    const library = new ChainLibrary(
      { server, folder },
      await createEmbedder(parseConfig({}).embedder),
    );
    await library.add(SMALL_PAGE);
    await library.addPaper(...HOSTILE_PAPERS);
    // The first request loads the client, which takes its time.
    server.script({ kind: 'text', text: 'NONE' });
    await library.chain()('what mAP does LeYOLO-Small reach?');
    server.requests.length = 0;
    return library;
  }

  async add(...paths: readonly string[]): Promise<void> {
    await buildIndex({ index: this.index, embedder: this.embedder, paths });
    const papers: Paper[] = [];
    for await (const batch of this.index.papers()) papers.push(...batch);
    this.papers = papers;
  }

  async addPaper(
    ...papers: readonly (readonly [title: string, abstract: string])[]
  ): Promise<void> {
    const page = join(this.folder, `page-${this.papers.length}.txt`);
    await writeFile(page, papers.flat().join('\n'));
    await this.add(page);
  }

  /** The parts of a chain that share nothing with another but the papers and the server. */
  parts({ chat = {}, limits = {}, ...parts }: ChainChoice = {}): ChainParts {
    let answers = 0;
    const now = parts.now ?? (() => new Date('2026-05-04T12:00:00Z'));
    return {
      retriever: createRetriever({ index: this.index, embedder: this.embedder }),
      embedder: this.embedder,
      model: openChat(
        { baseUrl: this.server.baseUrl, ...chat },
        { retries: 0, ...limits },
        { now, ledger: new MemoryLedger() },
      ),
      prompts: loadPrompts(),
      cache: new MemoryAnswerCache(),
      log: { warn: (event) => this.warnings.push(event) },
      secondLook: false,
      verify: 'rules',
      newId: () => `answer-${++answers}`,
      now,
      ...parts,
    };
  }

  chain(choice: ChainChoice = {}): Ask {
    return this.asking(this.parts(choice));
  }

  asking(parts: ChainParts): Ask {
    const answerer = createChainAnswerer(parts);
    return async (question, request = {}) => {
      const events: AnswerEvent[] = [];
      const onEvent = (event: AnswerEvent) => {
        events.push(event);
        request.onEvent?.(event);
      };
      const { answer } = await answerer.answer({ question, ...request, onEvent });
      this.expectTrueQuotes(answer, events);
      return { answer, events, sentences: answer.sentences.map(({ text }) => text) };
    };
  }

  /** What the model was asked, by task; each request is looked at once. */
  taken(): readonly ChatBody[] {
    return this.server.requests.splice(0).map(({ body }) => body);
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.embedder.close();
    await rm(this.folder, { recursive: true });
    expect(this.server.broken).toEqual([]);
  }

  /** Every quote is a stretch of its stored abstract, and what was told stands in the answer. */
  private expectTrueQuotes(answer: Answer, events: readonly AnswerEvent[]): void {
    const abstracts = new Map(this.papers.map(({ id, abstract }) => [id, abstract]));
    const expectStands = (id: Paper['id'] | undefined, { quote, start, end }: Evidence) => {
      expect(quote).not.toBe('');
      expect(id && abstracts.get(id)?.slice(start, end)).toBe(quote);
    };
    const byNumber = new Map(answer.citations.map(({ n, paperId }) => [n, paperId]));
    expect([...byNumber.keys()]).toEqual(answer.citations.map((_, i) => i + 1));
    for (const { paperId, evidence } of answer.citations) {
      expect(evidence.length).toBeGreaterThan(0);
      for (const one of evidence) expectStands(paperId, one);
    }
    const cited = answer.sentences.flatMap(({ citations }) => citations);
    expect(cited.filter((n) => !byNumber.has(n))).toEqual([]);
    for (const cell of answer.table?.rows.flatMap(({ cells }) => cells) ?? []) {
      if (cell !== null) expectStands(byNumber.get(cell.n), cell);
    }
    for (const { n, evidence } of answer.stances ?? []) expectStands(byNumber.get(n), evidence);
    const told = events.flatMap((event) => (event.kind === 'sentence' ? [event.sentence] : []));
    expect(answer.sentences).toEqual(expect.arrayContaining(told));
  }
}
