import type { Acronyms } from '../../retrieval/acronyms.ts';
import { findMisplaced } from './bindings.ts';
import { byPaper, type Part } from './by-paper.ts';
import { findWrongMeasure } from './check-measures.ts';
import { type Evidence, joinEvidence } from './evidence.ts';
import { readMeasures } from './measures.ts';
import { findForeignName } from './names.ts';
import { findOverclaim } from './overclaim.ts';
import { findConflict } from './polarity.ts';
import { blamesOwn, hasSwappedRoles, isComparison, levelsComparison } from './roles.ts';
import { findSibling } from './siblings.ts';
import { findUnsupported } from './support.ts';
import { findExchanged } from './word-for-word.ts';

/** Why the evidence does not bear out a sentence, if it does not: each part by its own papers'. */
export function findFault(
  text: string,
  papers: readonly Evidence[],
  acronyms: Acronyms,
): string | undefined {
  for (const part of byPaper(text, papers, acronyms)) {
    const reason = faultOfPart(part, acronyms);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function faultOfPart({ text, kind, papers }: Part, acronyms: Acronyms): string | undefined {
  if (kind === 'together') return faultOf(text, joinEvidence(papers), acronyms);
  const faults = papers.map((one) => faultOf(text, one, acronyms));
  if (kind === 'each') return faults.find((fault) => fault !== undefined);
  if (faults.includes(undefined)) return undefined;
  // What no paper bears out alone they may bear out together, but no number and no comparison.
  if (isComparison(text) || readMeasures(text).measures.length > 0) return faults[0];
  return faultOf(text, joinEvidence(papers), acronyms);
}

function faultOf(text: string, evidence: Evidence, acronyms: Acronyms): string | undefined {
  const { text: quoted, context, titles, ownNames } = evidence;
  const name = findForeignName(text, { texts: [quoted, ...titles], known: ownNames, acronyms });
  const whole = [context, ...titles].join(' . ');
  return (
    findWrongMeasure(text, quoted) ??
    (name === undefined ? undefined : `"${name}" does not stand in the quote`) ??
    findOverclaim(text, { evidence: quoted, context }) ??
    findConflict(text, context) ??
    findTurned(text, evidence) ??
    findSibling(text, whole) ??
    findMisplaced(text, context) ??
    findUnsupported(text, { texts: [quoted, ...titles], ownNames }) ??
    findExchanged(text, { context, whole })
  );
}

function findTurned(
  text: string,
  { text: quoted, context, ownNames }: Evidence,
): string | undefined {
  if (hasSwappedRoles(text, quoted, { ownNames })) return 'it turns the comparison round';
  if (levelsComparison(text, context)) return 'the evidence does not call them alike';
  return blamesOwn(text, context, ownNames) ? 'the evidence says it of others' : undefined;
}
