import { analyse } from '../../retrieval/analyzer.ts';
import type { PaperFilter } from '../../retrieval/paper-index.ts';
import type { Intent } from '../answer.ts';
import { readDates } from './question-dates.ts';
import { type FixedTopic, findIntent, fixedIntent, fixedTopic } from './question-intent.ts';
import { stripOrders } from './strip-orders.ts';

/** What a person asked, once markup and embedded instructions are set aside. */
export interface ReadQuestion {
  readonly intent: Intent;
  /** Which fixed answer fits, when one does. */
  readonly fixed?: FixedTopic;
  /** What to search for. */
  readonly question: string;
  readonly filter?: PaperFilter;
  /** What stands in the question where a date would and could not be read as one. */
  readonly unreadDate?: string;
  /** The title asked for in "do you have the paper ...?". */
  readonly title?: string;
}

/**
 * Finds by rules what is wanted and which papers it is about. Text inside a question is never an
 * instruction: what tries to be one is left out of the search.
 */
export function readQuestion(asked: string, now: Date = new Date()): ReadQuestion {
  const plain = partScripts(stripOrders(asked));
  const { question, filter, unread } = readDates(plain, now);
  const topic = fixedTopic(plain === '' ? asked : plain);
  // How many papers of a year there are is counted, not known by heart.
  const fixed = topic === 'size' && (filter ?? unread) !== undefined ? undefined : topic;
  const title = titleAsked(question);
  return {
    intent: topic === undefined ? findIntent(plain) : fixedIntent(topic),
    question: question === '' ? asked.trim() : question,
    ...(fixed !== undefined && { fixed }),
    ...(title !== undefined && { title }),
    ...(filter !== undefined && { filter }),
    ...(unread !== undefined && { unreadDate: unread }),
  };
}

/** Chinese, Japanese, Korean and Thai stand beside a name without a gap, as in "VoxelKPとは". */
function partScripts(text: string): string {
  return text.replace(SCRIPT_EDGE, ' ');
}

const UNSPACED = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]`;
const SCRIPT_EDGE = new RegExp(
  `(?<=[\\p{Script=Latin}\\d])(?=${UNSPACED})|(?<=${UNSPACED})(?=[\\p{Script=Latin}\\d])`,
  'gu',
);

const TITLE_ASKED =
  /\b(?:do (?:you|we) have|have (?:you|we) got|is|got) (?:the |a )?(?:original |paper |article )*(?:[\w-]+ paper[:,]? *)?["“]?([^"”?]{8,200}?)["”]?(?: (?:in|on) (?:your|the|our) (?:library|index|list|corpus|database))?\s*\?*$/i;

/** A title in quotation marks, or in title case, after "do you have". */
function titleAsked(question: string): string | undefined {
  const title = TITLE_ASKED.exec(question)?.[1]?.trim().split(/,\s+/).at(-1);
  if (title === undefined || !/^(?:do|have|is|got)\b/i.test(question)) return undefined;
  const words = title.split(/\s+/);
  const capitals = words.filter((word) => /^\p{Lu}/u.test(word)).length;
  return words.length >= 3 && capitals >= words.length * 0.6 ? title : undefined;
}

/** Whether anything is left to search for once words about papers and the library are set aside. */
export function hasTopic(question: string): boolean {
  return analyse(question.replace(WHERE, ' ').replace(LISTING, ' ')).length > 0;
}

const WHERE =
  /\b(?:(?:in|of|from|within) )?(?:your|the|our|this|my) (?:whole |entire )?(?:library|index|corpus|collection|database)\b/gi;
const LISTING =
  /\b(?:list|find|show|give|name|tell|count|number|many|total|exist|hold|held|know|known|indexed|stored|available|papers?|works?|articles?|abstracts?|publications?|documents?|published|stud(?:y|ies)|anything|research|ones|all|every|everything|whole|date|dated|time|new|recent|latest)\b/gi;
