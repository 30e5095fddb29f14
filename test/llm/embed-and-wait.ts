// A program for tests: embeds in a process, prints that process's id, then waits or finishes.
import { forkEmbedProcess } from '../../src/llm/embed-child.ts';
import { createProcessEmbedder } from '../../src/llm/process-embedder.ts';

const [, , folder = '', then] = process.argv;
const embedder = await createProcessEmbedder({
  folder,
  fork: (at) => {
    const child = forkEmbedProcess(at);
    child.once('message', () => console.log(child.pid));
    return child;
  },
});
await embedder.embedTexts([{ title: 'Heat', sentences: [] }]);
if (then !== 'finish') setInterval(() => {}, 1_000);
