const ALONE: ReadonlySet<string> = new Set(['UTC', 'GMT']);

/**
 * The IANA time zone that a person means: by its name, or by its city ("Berlin", "new york").
 * Undefined for what is none, and for abbreviations such as EST, which know no summer time.
 */
export function findTimeZone(named: string): string | undefined {
  const name = named.trim().replace(/\s+/g, '_');
  if (name === '' || name.length > 60) return undefined;
  if (ALONE.has(name.toUpperCase())) return 'UTC';
  if (name.includes('/')) return isTimeZone(name) ? canonical(name) : undefined;
  const city = `/${name.toLowerCase()}`;
  const listed = Intl.supportedValuesOf('timeZone').find((zone) =>
    zone.toLowerCase().endsWith(city),
  );
  return listed ?? AREAS.map((area) => `${area}/${titled(name)}`).find(isTimeZone);
}

/** Whether the clocks of this zone are known here; only names with an area, and UTC. */
export function isTimeZone(name: string): boolean {
  if (name === 'UTC') return true;
  if (!/^[A-Za-z]+\/[A-Za-z0-9_+/-]+$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A moment as the clocks of a zone show it. */
export interface LocalTime {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** `HH:MM`. */
  readonly time: string;
}

/** What the clocks of a zone show at a moment. */
export function localTime(at: Date, timeZone: string): LocalTime {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return {
    day: `${of('year')}-${of('month')}-${of('day')}`,
    time: `${of('hour')}:${of('minute')}`,
  };
}

// Cities whose zone is listed under an older name: "Kyiv", "Kolkata".
const AREAS = ['Europe', 'Asia', 'America', 'Africa', 'Australia', 'Pacific', 'Atlantic', 'US'];

function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

function titled(name: string): string {
  return name.toLowerCase().replace(/(?:^|_)[a-z]/g, (start) => start.toUpperCase());
}

/** As the list spells it, since Intl takes any case. */
function canonical(name: string): string {
  const lower = name.toLowerCase();
  const listed = Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase() === lower);
  return listed ?? name.split('/').map(titled).join('/');
}
