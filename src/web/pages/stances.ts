import { html } from 'hono/html';
import type { Stance } from '../../answer/answer.ts';
import { groupStances, type StanceGroup } from '../../answer/show/beside.ts';
import { foldText } from '../../papers/fold.ts';
import type { Html } from './layout.ts';
import { type Marking, renderMarkers, sourceOf } from './markers.ts';

/** Where papers stand on a claim: under each stance, in words and colour, what they say. */
export function renderStances(stances: readonly Stance[], marking: Marking): Html {
  return html`${groupStances(stances).map((group) => renderGroup(group, marking))}`;
}

function renderGroup({ stance, label, stances }: StanceGroup, marking: Marking): Html {
  const id = `${marking.turn.answer.trace.answerId}-${stance}`;
  return html`<section class="stance ${stance}" aria-labelledby="${id}">
      <h3 id="${id}">${label}</h3>
      <ul>${stances.map((one) => renderStance(one, marking))}</ul>
    </section>`;
}

function renderStance({ n, evidence }: Stance, marking: Marking): Html {
  const title = sourceOf(marking.turn, n)?.citation.title ?? '';
  return html`<li><q>${foldText(evidence.quote)}</q>${renderMarkers([n], marking, evidence)} <cite>${foldText(title)}</cite></li>`;
}
