import { expect, it } from 'vitest';
import { parseArxivId } from '../../src/papers/arxiv-id.ts';

it.each([
  ['2401.00001', { id: '2401.00001' }],
  ['arXiv:2401.00001v3', { id: '2401.00001', version: 3 }],
  ['oai:arXiv.org:0704.0001', { id: '0704.0001' }],
  ['http://arxiv.org/abs/1501.00001v1', { id: '1501.00001', version: 1 }],
  ['https://www.arxiv.org/pdf/2401.00001v2.pdf', { id: '2401.00001', version: 2 }],
  ['https://arxiv.org/html/2401.00001#S1', { id: '2401.00001' }],
  ['https://huggingface.co/papers/2401.00001?x=1', { id: '2401.00001' }],
  ['10.48550/arXiv.2401.00001', undefined],
  ['https://doi.org/10.48550/arXiv.2401.00001', { id: '2401.00001' }],
  ['HEP-TH/9901001v2', { id: 'hep-th/9901001', version: 2 }],
  ['math.gt/0309136', { id: 'math.GT/0309136' }],
  ['math/0704001', undefined],
  ['2413.00001', undefined],
  ['2401.0001', undefined],
  ['1412.00001', undefined],
  ['0703.0001', undefined],
  ['2401.00001v0', undefined],
  ['page.txt', undefined],
  ['https://example.com/abs/2401.00001', undefined],
  ['', undefined],
])('%s is read as %o', (text, read) => {
  expect(parseArxivId(text)).toEqual(read);
});
