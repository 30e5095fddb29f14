import type { CommandResult } from '../bot/commands/command.ts';
import type { Final } from '../bot/reply.ts';

/** What is known of a workspace's streams. */
export interface StreamState {
  readonly isOff: boolean;
}

/** The end of a reply; a status tells besides whether answers stream. */
export function withStreams(final: Final, state: StreamState): Final {
  return final.kind === 'result' ? { ...final, result: noteStreams(final.result, state) } : final;
}

/** The result; a status tells besides whether answers stream. */
export function noteStreams(result: CommandResult, state: StreamState | undefined): CommandResult {
  if (result.kind !== 'status' || state === undefined) return result;
  const line = state.isOff
    ? 'Slack does not let me stream here: answers are edited as they grow.'
    : 'What a model writes is streamed here as it is checked.';
  const sections = result.sections.map((section) =>
    section.title === 'Health' ? { ...section, lines: [...section.lines, line] } : section,
  );
  return { ...result, sections, lines: sections.flatMap(({ lines }) => lines) };
}
