import { describe, expect, it } from 'vitest';
import { checkClaim } from '../../../src/answer/check/check-claim.ts';
import { statisticsOf } from '../made-up-library.ts';
import { paperTitled, readShippedPapers } from '../shipped-papers.ts';

const papers = readShippedPapers();
const { acronyms } = await statisticsOf(papers);

const QUOTES = {
  V: [
    'VoxelKP',
    'achieve an improvement of 27% on the MPJPE metric compared to the state-of-the-art, HUM3DIL',
  ],
  S: [
    'SPANN',
    'SPANN is 2times faster than the state-of-the-art ANNS solution DiskANN to reach the same recall quality 90%',
  ],
  W: [
    'Switch',
    'obtain up to 7x increases in pre-training speed with the same computational resources',
  ],
} as const;
type Key = keyof typeof QUOTES;

function kindOf(text: string, keys: readonly Key[]) {
  const quoted = keys.map((key) => QUOTES[key]);
  const claim = { text, evidence: quoted.map(([, quote], i) => ({ paper: i + 1, quote })) };
  const given = quoted.map(([head]) => paperTitled(papers, head));
  return checkClaim(claim, { papers: given, acronyms }).kind;
}

describe('a sentence with quotes of two papers', () => {
  // The joined quotes once bore out what neither paper says.
  it.each<[string, readonly Key[]]>([
    ['VoxelKP is 2 times faster than DiskANN.', ['V', 'S']],
    ['SPANN achieves an improvement of 27% on the MPJPE metric.', ['V', 'S']],
    ['SPANN is faster than VoxelKP.', ['V', 'S']],
    ['Both are 2 times faster than DiskANN.', ['V', 'S']],
    ['They are 2 times faster than DiskANN.', ['V', 'S']],
    ['On the MPJPE metric, SPANN improves by 27%.', ['V', 'S']],
    ['SPANN and VoxelKP are 2 times faster than DiskANN.', ['V', 'S']],
    ['VoxelKP, unlike HUM3DIL, is 2 times faster than DiskANN.', ['V', 'S']],
    ['VoxelKP outperforms DiskANN.', ['V', 'S']],
    ['SPANN outperforms HUM3DIL.', ['V', 'S']],
    ['It is 2 times faster than HUM3DIL.', ['V', 'S']],
    ['Unlike SPANN, VoxelKP is 2 times faster than DiskANN.', ['V', 'S']],
    ['VoxelKP improves the MPJPE metric by 27% and is 2 times faster than DiskANN.', ['V', 'S']],
    ['SPANN is 2 times faster than DiskANN and 27% better on the MPJPE metric.', ['V', 'S']],
    ['VoxelKP improves the MPJPE metric by 27%, reaching 90% recall.', ['V', 'S']],
    ['Switch Transformers are 2 times faster than DiskANN.', ['S', 'W']],
    ['SPANN obtains up to 7x increases in pre-training speed.', ['S', 'W']],
  ])('tells no fact of one of the other: %s', (text, keys) => {
    expect(kindOf(text, keys)).toBe('failed');
  });

  it.each<[string, readonly Key[]]>([
    [
      'VoxelKP improves MPJPE by 27% over HUM3DIL, while SPANN is 2 times faster than DiskANN.',
      ['V', 'S'],
    ],
    [
      'SPANN is twice as fast as DiskANN, and VoxelKP improves the MPJPE metric by 27%.',
      ['V', 'S'],
    ],
    ['VoxelKP improves MPJPE by 27%.', ['V', 'S']],
    ['SPANN is 2 times faster than DiskANN at the same recall of 90%.', ['V', 'S']],
    [
      'SPANN is 2 times faster than DiskANN; Switch Transformers pre-train up to 7x faster.',
      ['S', 'W'],
    ],
  ])('may tell each its own: %s', (text, keys) => {
    expect(kindOf(text, keys)).toBe('released');
  });
});
