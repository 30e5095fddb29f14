import { RECORD_SOURCES, type RecordSource } from '../../src/papers/paper.ts';
import type { PaperRecord } from '../../src/papers/paper-record.ts';
import { pick } from './seeded-random.ts';

const TITLES = ['Graph Nets', 'graph nets', 'DεpS', 'DepsilonpS', 'Sparse Attention', 'Editorial'];
const TOPICS = [
  'We train graph networks over molecules and measure energies with few labelled samples.',
  'We train graph networks over molecules and measure energies. Our second version adds forces.',
  'Delayed shrinking makes training of once-for-all networks cheaper in every setting we tried.',
  'This volume collects contributions about robotics, planning and perception.',
];
const DAYS = ['2024-01-01', '2024-02-02', '2025-03-03'];

/** A record that any source could have told, from pools so small that works meet often. */
export function randomRecord(random: () => number, works = 40): PaperRecord {
  const source = pick<RecordSource>(random, RECORD_SOURCES);
  const number = Math.floor(random() * works);
  const hasId = source !== 'pages' && (!['export', 'bibtex'].includes(source) || random() < 0.5);
  const isVersioned = hasId && source !== 'hugging-face' && random() < 0.9;
  const maybe = <T>(value: T, name: string) => (random() < 0.5 ? { [name]: value } : {});
  return {
    source,
    origins: [{ page: pick(random, ['a', 'b', 'hf']), line: 1 + Math.floor(random() * 3) }],
    title: `${pick(random, TITLES)}${random() < 0.5 ? ` ${number % 7}` : ''}`,
    abstract: `${pick(random, TOPICS)}${random() < 0.3 ? ` Part ${number % 3}.` : ''}`,
    ...(hasId && { arxivId: `2401.${String(number).padStart(5, '0')}` }),
    ...(isVersioned && { version: 1 + Math.floor(random() * 8) }),
    ...(source !== 'pages' && maybe(`${pick(random, DAYS)}T00:00:00.000Z`, 'fetchedAt')),
    ...maybe(pick(random, DAYS), 'date'),
    ...maybe(pick(random, DAYS), 'updated'),
    ...maybe(['Ada Lovelace', ...(random() < 0.5 ? ['Alan Turing'] : [])], 'authors'),
    ...maybe(Math.floor(random() * 9), 'commentCount'),
    ...(source === 'hugging-face' && maybe(Math.floor(random() * 99), 'upvotes')),
    ...(source === 'hugging-face' &&
      maybe([{ date: pick(random, DAYS), rank: 1 + Math.floor(random() * 9) }], 'listed')),
    ...(source === 'arxiv-feed' && maybe([pick(random, DAYS)], 'announced')),
    ...(random() < 0.05 && source !== 'pages' && { withdrawn: true }),
  };
}
