import type { DigestPlace } from '../digest/subscription.ts';
import type { PlaceColumns } from './digest-tables.ts';

/** A place as the columns that name it. */
export function placeColumns({ platform, workspaceId, channelId }: DigestPlace): PlaceColumns {
  return { platform, workspace_id: workspaceId, channel_id: channelId };
}

/** The place that a row names. */
export function placeOf({ platform, workspace_id, channel_id }: PlaceColumns): DigestPlace {
  return { platform, workspaceId: workspace_id, channelId: channel_id };
}
