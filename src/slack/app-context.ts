import { z } from 'zod';

const Entity = z.union([
  z.object({ type: z.literal('slack#/types/channel_id'), value: z.string() }),
  z.object({
    type: z.literal('slack#/types/message_context'),
    value: z.object({ channel_id: z.string() }),
  }),
]);
const Context = z.object({ entities: z.array(z.unknown()) });

/** The channel that somebody looks at beside the agent's pane; undefined where it is none, or unsaid. */
export function viewedChannel(context: unknown): string | undefined {
  const { data } = Context.safeParse(context);
  for (const entity of data?.entities ?? []) {
    const { data: known } = Entity.safeParse(entity);
    if (known !== undefined) {
      return typeof known.value === 'string' ? known.value : known.value.channel_id;
    }
  }
  return undefined;
}
