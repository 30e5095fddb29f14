/** Slack's `ok: false`: the reason goes back to the caller. */
export class Refused extends Error {
  readonly error: string;

  constructor(error: string) {
    super(error);
    this.name = 'Refused';
    this.error = error;
  }
}

/** Arguments of a call, nested values read from their JSON. */
export type Args = Readonly<Record<string, unknown>>;

/** A text argument; refuses the call where it is missing. */
export function text(args: Args, name: string): string {
  const value = args[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new Refused('invalid_arguments');
}

export function list(args: Args, name: string): readonly object[] {
  const value = args[name] ?? [];
  if (!Array.isArray(value)) throw new Refused('invalid_arguments');
  return value;
}
