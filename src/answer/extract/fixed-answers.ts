import type { IndexStatus } from '../../retrieval/paper-index.ts';
import { type DraftSentence, framing } from '../draft.ts';
import type { FixedTopic } from '../read/question-intent.ts';

/** The fixed, friendly answers to what is not about the papers' content. */
export function fixedAnswer(
  topic: Exclude<FixedTopic, 'full-text'>,
  { papers, dated }: IndexStatus,
): readonly DraftSentence[] {
  const held = papers === 1 ? 'one paper abstract' : `${papers} paper abstracts`;
  switch (topic) {
    case 'greeting':
      return say(`Hello! Ask me about the ${held} I hold.`, 'I answer with quotes from them.');
    case 'thanks':
      return say("You're welcome. Ask on whenever you like.");
    case 'chat':
      return say(`I only talk about the ${held} in my library: ask me about one of them.`);
    case 'identity':
      return say(
        `I am Footnote, a program that answers questions from the ${held} in my library with quotes.`,
        'I am no person; the people who run me chose the papers.',
      );
    case 'abilities':
      return say(
        `I answer questions from the ${held} in my library and cite the paper behind every sentence, with its words as they stand there.`,
        'I can find papers, list them by topic or year, compare two of them and say what their abstracts state.',
        'I hold titles and abstracts only: I do not browse the web or read full texts, and what the abstracts do not state I do not answer.',
      );
    case 'instructions':
      return say(
        'I have nothing hidden to show: I answer from my library of abstracts and quote them.',
        'My settings and keys stay with the people who run me.',
        'Ask me about a paper instead.',
      );
    case 'ping':
      return say('I do not ping people.', 'Ask me about a paper and I will answer here.');
    case 'invention':
      return say(
        'I do not make up papers or citations: I only cite what is in my library.',
        'Ask me what the papers there do say.',
      );
    case 'size':
      return say(
        `My library holds ${held}; the date is known for ${dated} of them.`,
        'It changes when somebody ingests pages, not by itself.',
      );
  }
}

function say(...sentences: readonly string[]): readonly DraftSentence[] {
  return sentences.map(framing);
}
