import type { BeirDocument, BeirFolder } from './beir.ts';

/**
 * The same questions over fewer texts: all that are judged, and every so many of the others. Scores
 * are higher than over the whole corpus, so they have floors of their own.
 */
export function thinCorpus(beir: BeirFolder, every: number): BeirFolder {
  const judged = new Set([...beir.qrels.values()].flatMap((relevance) => [...relevance.keys()]));
  return { ...beir, corpus: () => thinned(beir.corpus(), { judged, every }) };
}

async function* thinned(
  documents: AsyncIterable<BeirDocument>,
  { judged, every }: { readonly judged: ReadonlySet<string>; readonly every: number },
): AsyncGenerator<BeirDocument> {
  let others = 0;
  for await (const document of documents) {
    if (judged.has(document.id)) yield document;
    else if (others++ % every === 0) yield document;
  }
}
