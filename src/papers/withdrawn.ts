// "This paper has been withdrawn by the author due to ...", "Withdrawn", "withdrawn by arXiv admins".
// Papers about something withdrawn, or that replace a withdrawn one, are not meant.
const BEGINS =
  /^\W*(?:(?:this|the|our|present)\b[^.]{0,40}?\b(?:has been|have been|had to be|is being|is|was|were)\s+)?(?:temporarily |permanently |now |hereby )?(?:withdrawn|retracted)\b(?!\s+(?:from circulation|medication|drug|state))/i;
const BY_WHOM =
  /\b(?:withdrawn|retracted)\s+(?:by|at the request of)\s+(?:all |both )?(?:the |its |their )?(?:submitter|authors?|arxiv|administrators?|admins?)\b/i;
const OTHER = /\b(?:replac|supersed|instead of)\w*\b[^.]*\bwithdrawn\b/i;

/** Whether arXiv's note, or the text that stands in the abstract's place, says the paper is taken back. */
export function isWithdrawn({
  title,
  abstract,
  comment,
}: {
  readonly title: string;
  readonly abstract: string;
  readonly comment: string;
}): boolean {
  if (/^\W*(?:withdrawn|retracted)\W*$/i.test(title)) return true;
  if (!OTHER.test(comment) && (BEGINS.test(comment) || BY_WHOM.test(comment))) return true;
  return BEGINS.test(abstract) && (abstract.length < 600 || BY_WHOM.test(abstract));
}
