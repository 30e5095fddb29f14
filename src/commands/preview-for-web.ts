import { createPainter } from '../digest/draw-digest.ts';
import { checkDay, previewDigest } from '../digest/preview-digest.ts';
import { readWanted } from '../digest/read-subscription.ts';
import { localTime } from '../digest/time-zone.ts';
import type { PreviewedDigest, WebDigest } from '../web/parts.ts';
import type { Digests } from './with-digests.ts';

const draw = createPainter();

/** What a digest would say, with its picture; throws FootnoteError `input` for what cannot be read. */
export async function previewForWeb(
  { sentence, day, signal }: WebDigest,
  { previewParts }: Digests,
): Promise<PreviewedDigest> {
  const wanted = readWanted(sentence);
  const today = localTime(previewParts.now(), wanted.schedule.timeZone).day;
  const asked = { ...wanted, day: day === undefined ? today : checkDay(day) };
  // Anybody may look at the page; what a model writes would have to be paid for.
  const { writer: _, ...parts } = previewParts;
  const digest = await previewDigest({ ...asked, ...(signal && { signal }) }, parts);
  const picture = digest.kind === 'papers' ? draw(digest) : undefined;
  return { digest, ...(picture && { picture }) };
}
