/** How much may be asked. Questions count from when they are accepted. */
export interface Quotas {
  /** By one person within an hour. */
  readonly perPersonAnHour: number;
  /** By one workspace within a day. */
  readonly perWorkspaceADay: number;
}

export const DEFAULT_QUOTAS: Quotas = { perPersonAnHour: 30, perWorkspaceADay: 1_000 };

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** A quota that is used up, and when there is room again (ISO 8601, UTC). */
export interface OverQuota {
  readonly whose: 'person' | 'workspace';
  readonly againAt: string;
}

/** Tells a person that a quota is used up and when to ask again. */
export function quotaSentence({ whose, againAt }: OverQuota, quotas: Quotas, now: Date): string {
  const wait = waitWords(Date.parse(againAt) - now.getTime());
  return whose === 'person'
    ? `You have used up your ${count(quotas.perPersonAnHour)} an hour. Ask again in ${wait}.`
    : `This workspace has used up its ${count(quotas.perWorkspaceADay)} a day. Ask again in ${wait}.`;
}

function count(questions: number): string {
  return questions === 1 ? 'one question' : `${questions} questions`;
}

function waitWords(ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / 60_000));
  if (minutes < 60) return minutes === 1 ? 'a minute' : `${minutes} minutes`;
  const hours = Math.ceil(minutes / 60);
  return hours === 1 ? 'an hour' : `${hours} hours`;
}
