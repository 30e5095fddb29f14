/** Tells somebody who has to wait how many are served before. */
export function placeInLine(ahead: number): string {
  if (ahead === 0) return 'You are next in line…';
  if (ahead === 1) return 'One question is ahead of yours…';
  return `About ${ahead} questions are ahead of yours…`;
}
