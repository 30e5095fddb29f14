import { testPaperIndex } from '../contracts/paper-index.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';

testPaperIndex('MemoryIndex', async () => new MemoryIndex());
