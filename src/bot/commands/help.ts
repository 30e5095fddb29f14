import type { CommandResult } from './command.ts';

/** What the bot does and the words it understands; platforms add how to call it there. */
export function help(papers: number): CommandResult {
  const held = papers === 1 ? 'one paper abstract' : `${papers} paper abstracts`;
  return {
    kind: 'text',
    text: [
      `Ask me a question: I answer from ${held}, every sentence with a quote you can check.`,
      'Other words I know: search WORDS; similar PAPER; compare PAPER with PAPER; show PAPER; status; export; settings; my questions; forget my questions; mute and unmute in a thread; digest, for new papers posted here.',
      'A paper is named by its title, its arXiv id, or its number in my last answer.',
    ].join('\n'),
  };
}
