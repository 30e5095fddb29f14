import { cleanLine } from '../answer/show/clean-text.ts';
import { describeSubscription } from '../digest/describe-subscription.ts';
import type { Subscription } from '../digest/subscription.ts';
import { DIGEST_ACTIONS } from './actions.ts';
import { type Block, button, LIMITS, plain, type Rendered } from './blocks.ts';
import { escapeWithin } from './escape.ts';
import { line, type Run, richText, run } from './rich-text.ts';

const LONGEST_LINE = 300;
const LONGEST_TEXT = 1_000;
/** Two blocks each, and a few besides, keep within one message. */
const MOST = 20;

/** The digests of a channel, each with what may be done with it. */
export function renderDigestList({
  text,
  subscriptions,
}: {
  readonly text: string;
  readonly subscriptions: readonly Subscription[];
}): Rendered {
  const shown = subscriptions.slice(0, MOST);
  // Beside the digests themselves, such as the topics that are left out.
  const rest = text.split('\n').slice(subscriptions.length).join(' ');
  return {
    text: escapeWithin(text, LIMITS.text) || 'Digests',
    blocks: [
      ...shown.flatMap((one, i) => renderOne(one, [run(`${i + 1}. `)])),
      ...(rest === '' ? [] : [richText(line(run(cleanLine(rest), { most: LONGEST_TEXT })))]),
      { type: 'actions', elements: [button('New digest', DIGEST_ACTIONS.create, '')] },
    ],
  };
}

/** The digests of all channels, for the Home tab; nothing where there are none. */
export function renderDigestsEverywhere(subscriptions: readonly Subscription[]): readonly Block[] {
  if (subscriptions.length === 0) return [];
  const shown = subscriptions.slice(0, MOST);
  const left = subscriptions.length - shown.length;
  const title = left === 0 ? 'Digests' : `Digests (${left} more are not shown)`;
  return [
    richText(line(run(title, { bold: true }))),
    ...shown.flatMap((one) => renderOne(one, [channelRun(one), run(': ')])),
  ];
}

/** The id is Slack's own; only Slack knows the name of the channel now. */
function channelRun({ place: { channelId } }: Subscription): Run {
  return /^[CG][A-Z0-9]+$/.test(channelId)
    ? { type: 'channel', channel_id: channelId }
    : run('In our direct messages');
}

function renderOne(one: Subscription, start: readonly Run[]): readonly Block[] {
  const { id, place, state, wish } = one;
  const value = `${place.channelId} ${id}`;
  const { preview, change, pause, resume, remove } = DIGEST_ACTIONS;
  const told = run(cleanLine(describeSubscription(one)), { most: LONGEST_LINE });
  const what =
    wish.kind === 'question' ? 'I ask this question no more.' : 'No more is posted of it.';
  return [
    richText(line(...start, told)),
    {
      type: 'actions',
      elements: [
        button('Preview', preview, value),
        button('Change', change, value),
        state === 'active' ? button('Pause', pause, value) : button('Resume', resume, value),
        {
          ...button('Remove', remove, value),
          confirm: {
            title: plain('Remove this digest?', 100),
            text: plain(what, 300),
            confirm: plain('Remove', 30),
            deny: plain('Keep', 30),
          },
        },
      ],
    },
  ];
}
