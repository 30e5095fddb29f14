import { testPaperIndex } from '../contracts/paper-index.ts';
import { testRecordArchive } from '../contracts/record-archive.ts';
import { MemoryIndex } from '../fakes/memory-index.ts';

testPaperIndex('MemoryIndex', async () => new MemoryIndex());
testRecordArchive('MemoryIndex', async () => new MemoryIndex());
