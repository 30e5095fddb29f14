/** What is left of a limit, and when it begins anew. */
export interface Rate {
  readonly left: number;
  readonly seconds: number;
}

const LONGEST_SECONDS = 24 * 60 * 60;

/** Hugging Face's `RateLimit: "api";r=12;t=40`; undefined for what is none. */
export function readRate(header: string | null): Rate | undefined {
  const left = /;\s*r=(\d{1,9})\b/.exec(header ?? '')?.[1];
  const seconds = /;\s*t=(\d{1,9})\b/.exec(header ?? '')?.[1];
  if (left === undefined || seconds === undefined) return undefined;
  return { left: Number(left), seconds: Math.min(Number(seconds), LONGEST_SECONDS) };
}

/** Seconds of `Retry-After`, in either of its forms; undefined where it says nothing. */
export function retryAfterOf(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Math.min(Number(header), LONGEST_SECONDS);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.min(Math.max(0, (at - now) / 1_000), LONGEST_SECONDS);
}
