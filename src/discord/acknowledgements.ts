/**
 * First answers to interactions that this process is giving now. Before one has arrived there is no
 * reply to edit: whoever has the answer sooner waits for it.
 */
export interface Acknowledgements {
  /** Notes the work on one until it ends. */
  note(interactionId: string, work: Promise<unknown>): void;
  /** Ends when none is under way. Never throws. */
  ended(interactionId: string): Promise<void>;
}

/** Notes nothing yet. */
export function createAcknowledgements(): Acknowledgements {
  const underWay = new Map<string, Promise<void>>();
  return {
    note(id, work) {
      const before = underWay.get(id);
      const ended = Promise.allSettled([before, work]).then(() => {
        if (underWay.get(id) === ended) underWay.delete(id);
      });
      underWay.set(id, ended);
    },
    ended: (id) => underWay.get(id) ?? Promise.resolve(),
  };
}
