import type { AllParts } from './bot.ts';
import type { Command, CommandRequest } from './commands/command.ts';
import { runCommand } from './commands/run-command.ts';
import { createDispatcher, type Dispatcher } from './dispatcher.ts';
import { Interrupted } from './interrupted.ts';
import type { Platform } from './message.ts';
import type { QueuedQuestion } from './question-queue.ts';
import type { ReplyLine } from './reply-line.ts';
import { work } from './work.ts';

/** The dispatcher that works on messages with the parts of the bot. */
export function createBotDispatcher(parts: AllParts): Dispatcher {
  return createDispatcher({
    ...parts,
    // The keys were typed as platforms when the doors were given.
    platforms: Object.keys(parts.doors) as Platform[],
    work: (question, hand) => {
      const line = parts.replies.take({ id: question.lease.id, ...question });
      const doCommand = (command: Command) => runCommand(requestIn(question, command), parts);
      return work(question, { ...parts, runCommand: doCommand }, { line, ...hand })
        .catch((error) => sayRestarting(error, line))
        .finally(() => line.drop());
    },
  });
}

/** Whoever was waiting for an answer when the program is stopped is told that it is to come. */
async function sayRestarting(error: unknown, line: ReplyLine): Promise<never> {
  if (error instanceof Interrupted && error.why === 'closing') {
    line.status('I am being restarted; your answer comes right after…');
    await line.idle();
  }
  throw error;
}

/** A command that came as a message; what it shows is for all who see the reply. */
function requestIn(question: QueuedQuestion, command: Command): CommandRequest {
  const { message, conversationId } = question;
  return {
    ...message,
    command,
    conversationId,
    isPrivate: question.isPrivate || message.kind === 'direct',
    isAdmin: message.isAdmin ?? false,
  };
}
