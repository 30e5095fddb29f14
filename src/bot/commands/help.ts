import type { CommandResult } from './command.ts';

const LONGEST_SHOWN = 80;

interface HelpFacts {
  readonly papers: number;
  /** Words that were no command. */
  readonly instead?: string | undefined;
  readonly hasDigests: boolean;
}

/**
 * What the bot does and the words it understands; platforms add how to call it there. Words that were
 * no command are named first.
 */
export function help({ papers, instead, hasDigests }: HelpFacts): CommandResult {
  const held = papers === 1 ? 'one paper abstract' : `${papers || ''} paper abstracts`.trim();
  return {
    kind: 'text',
    text: [
      ...(instead === undefined ? [] : [explain(instead)]),
      `Ask me a question: I answer from ${held}, every sentence with a quote you can check.`,
      `Other words I know: search WORDS; similar PAPER; compare PAPER with PAPER; show PAPER; status; export; settings; my questions; forget my questions; mute and unmute in a thread${hasDigests ? '; digest, for new papers posted here' : ''}.`,
      'A paper is named by its title, its arXiv id, or its number in my last answer.',
    ].join('\n'),
  };
}

function explain(words: string): string {
  const [, verb = ''] = /^(search|find|similar|show|compare)\b/i.exec(words.trim()) ?? [];
  switch (verb.toLowerCase()) {
    case 'search':
    case 'find':
      return 'Write what to search for: search sparse attention.';
    case 'similar':
    case 'show':
      return `Write which paper: ${verb.toLowerCase()} QLoRA.`;
    case 'compare':
      return 'Write both papers: compare LoRA with QLoRA.';
    default: {
      const line = words.trim().replace(/\s+/g, ' ');
      const shown = line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN)}…` : line;
      return `I know no command “${shown}”. To put a question to me, ask it in a message.`;
    }
  }
}
