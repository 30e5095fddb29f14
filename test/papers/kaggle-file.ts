/** A line of Kaggle's arXiv file, made up; what is not given is as usual. */
export function kaggleLine(n: number, given: Readonly<Record<string, unknown>> = {}): string {
  const number = String(n).padStart(5, '0');
  return `${JSON.stringify({
    id: `2401.${number}`,
    submitter: 'someone@example.org',
    authors: 'Ada Lovelace and Charles Babbage',
    title: `Engine number ${n}\n  in two lines`,
    comments: null,
    'journal-ref': null,
    doi: null,
    'report-no': null,
    categories: 'cs.LG cs.AI',
    license: null,
    abstract: `  We build engine number ${n} of brass.\n  It turns.\n`,
    versions: [{ version: 'v1', created: 'Mon, 1 Jan 2024 10:00:00 GMT' }],
    update_date: '2025-06-01',
    authors_parsed: [
      ['Lovelace', 'Ada', ''],
      ['Babbage', 'Charles', ''],
    ],
    ...given,
  })}\n`;
}
