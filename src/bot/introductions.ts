import type { ChannelPlace } from './message.ts';

/** Where it is kept that the bot has introduced itself. */
export interface Introductions {
  /** True for one caller alone, over all processes and restarts. */
  claim(place: ChannelPlace): Promise<boolean>;
}
