import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { FootnoteError } from '../errors.ts';
import type { EmbedReply, EmbedRequest } from './embed-messages.ts';
import type { EmbeddedText, EmbedderInput } from './embedder.ts';

/** A running process that embeds. */
export interface EmbedChild {
  /** False from the moment that it ended or was told to. */
  isAlive(): boolean;
  /** Rejects with EmbedChildEnded when the process ends first, with the signal's reason on abort. */
  embed(
    inputs: readonly EmbedderInput[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly EmbeddedText[]>;
  /** While idle it does not keep this process from ending. */
  setIdle(idle: boolean): void;
  /** Resolves once the process is gone. */
  end(): Promise<void>;
}

/** The embedding process ended before it answered. */
export class EmbedChildEnded extends Error {}

const PROGRAM = fileURLToPath(new URL('embed-process.ts', import.meta.url));
const GRACE_MS = 2_000;

/** Forks the process of `embed-process.ts`. */
export function forkEmbedProcess(folder: string): ChildProcess {
  return forkProgram(PROGRAM, [folder]);
}

/** Forks a program that calls `serveEmbedding`; it must stay a child with an IPC channel. */
export function forkProgram(program: string, args: readonly string[]): ChildProcess {
  return fork(program, args, {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

interface Pending {
  resolve(texts: readonly EmbeddedText[]): void;
  reject(error: unknown): void;
}

/** Speaks with a process that `forkEmbedProcess` made. */
export function attachEmbedChild(child: ChildProcess): EmbedChild {
  const pending = new Map<number, Pending>();
  let lastId = 0;
  let ended = false;
  const gone = whenGone(child, (cause) => {
    ended = true;
    const error = new EmbedChildEnded(`The embedding process ended (${cause}).`);
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  });
  child.on('message', (reply: EmbedReply) => {
    const asked = pending.get(reply.id);
    if (asked !== undefined) settle(asked, reply);
  });
  return {
    isAlive: () => !ended,
    embed: (inputs, { signal } = {}) => {
      lastId += 1;
      return ask({ child, pending, id: lastId, inputs, signal }).catch((error) => {
        // A failed write tells of the end before the `exit` event does.
        ended ||= error instanceof EmbedChildEnded;
        throw error;
      });
    },
    setIdle: (idle) => (idle ? unreference(child) : reference(child)),
    end: () => {
      ended = true;
      return endChild(child, gone);
    },
  };
}

async function whenGone(child: ChildProcess, onEnd: (cause: string) => void): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  child.once('exit', (code, signal) => {
    onEnd(signal ?? `exit code ${code}`);
    resolve();
  });
  child.on('error', (error) => {
    onEnd(error.message);
    // A process that could not be started has no exit.
    if (child.pid === undefined) resolve();
  });
  return promise;
}

function settle({ resolve, reject }: Pending, reply: EmbedReply): void {
  switch (reply.kind) {
    case 'embedded':
      resolve(reply.texts);
      break;
    case 'failed':
      reject(new FootnoteError(reply.code, reply.message, { cause: reply.cause }));
  }
}

interface Question {
  readonly child: ChildProcess;
  readonly pending: Map<number, Pending>;
  readonly id: number;
  readonly inputs: readonly EmbedderInput[];
  readonly signal: AbortSignal | undefined;
}

async function ask(question: Question): Promise<readonly EmbeddedText[]> {
  const { child, pending, id, inputs, signal } = question;
  signal?.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<readonly EmbeddedText[]>();
  pending.set(id, { resolve, reject });
  const cancel = () => {
    pending.delete(id);
    send(child, { kind: 'cancel', id });
    reject(signal?.reason);
  };
  signal?.addEventListener('abort', cancel, { once: true });
  send(child, { kind: 'embed', id, inputs }, (error) => {
    if (error !== null) reject(new EmbedChildEnded(error.message));
  });
  return promise.finally(() => {
    pending.delete(id);
    signal?.removeEventListener('abort', cancel);
  });
}

function send(
  child: ChildProcess,
  request: EmbedRequest,
  onSent: (error: Error | null) => void = () => {},
): void {
  if (child.connected) child.send(request, onSent);
  else onSent(new Error('its channel is closed'));
}

function reference(child: ChildProcess): void {
  child.ref();
  child.channel?.ref();
}

function unreference(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
}

async function endChild(child: ChildProcess, gone: Promise<void>): Promise<void> {
  if (child.connected) child.disconnect();
  child.ref();
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
  await gone;
  clearTimeout(timer);
}
