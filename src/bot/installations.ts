import type { Platform } from './message.ts';

/** Names what somebody installed the bot into: a workspace, or an organisation with all of its. */
export interface InstallationId {
  readonly platform: Platform;
  readonly key: string;
}

/** What lets the bot in there. */
export interface Installation extends InstallationId {
  /** Encrypted: the room of its platform alone can read it. */
  readonly sealed: string;
  /** When somebody installed it, ISO 8601, UTC; a renewed token is no new installation. */
  readonly installedAt: string;
}

/** Where installations are kept. Every method is one step for all processes over the store. */
export interface InstallationStore {
  /** Of the workspace or organisation itself, else of the organisation it was linked to. */
  get(id: InstallationId): Promise<Installation | undefined>;
  /** All of a platform, by key. */
  list(platform: Platform): Promise<readonly Installation[]>;
  /** Keeps it instead of an earlier one. */
  put(installation: Installation): Promise<void>;
  /** Puts one sealed text in place of another; false where that is not there any more. */
  reseal(
    id: InstallationId,
    change: { readonly from: string; readonly to: string },
  ): Promise<boolean>;
  /** Deletes it with its links; one that was installed later than `at` stays, and so does none. */
  delete(id: InstallationId, at: string): Promise<boolean>;
  /** From now on the workspace is found by its own id as well. */
  link(workspace: InstallationId, organisation: InstallationId): Promise<void>;
  /** Lets one worker at a time renew what it is let in by; false while another may still do so. */
  claim(id: InstallationId, claim: RenewalClaim): Promise<boolean>;
  /** Ends a claim; does nothing where another worker has it. */
  release(id: InstallationId, worker: string): Promise<void>;
}

/** Times are ISO 8601, UTC. */
export interface RenewalClaim {
  readonly worker: string;
  readonly now: string;
  readonly until: string;
}
