import type { FaultDiscord } from '../test/fakes/fault-discord/fault-discord.ts';
import type { Channel, Person } from '../test/fakes/fault-discord/model.ts';

const CHANNELS = 20;
/** So many that none of them uses up what a person may ask in an hour. */
const PEOPLE = 60;
const TWICE = 0.2;

export interface CrowdOptions {
  readonly discord: FaultDiscord;
  readonly questions: readonly string[];
  readonly random: () => number;
}

/** People who ask, over all channels, by command and by mention in turn. */
export interface Crowd {
  ask(): void;
}

export function createCrowd({ discord, questions, random }: CrowdOptions): Crowd {
  const channels = Array.from({ length: CHANNELS }, (_, n) => discord.channel(`channel-${n}`));
  const people = Array.from({ length: PEOPLE }, (_, n) => discord.person(`Person ${n}`));
  let asked = 0;
  return {
    ask() {
      const n = asked;
      asked += 1;
      const question = at(questions, n);
      const where: readonly [Person, Channel] = [at(people, n), at(channels, Math.floor(n / 2))];
      discord.gateway.copies = random() < TWICE ? 2 : 1;
      if (n % 2 === 0) discord.people.slash(...where, 'ask', { question });
      else discord.people.say(...where, { text: question, isMention: true });
      discord.gateway.copies = 1;
    },
  };
}

/** Round and round. */
function at<T>(values: readonly T[], n: number): T {
  const value = values[n % values.length];
  if (value === undefined) throw new Error('There is nobody, or nothing to ask.');
  return value;
}
