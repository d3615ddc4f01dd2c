import { createChanges } from './changes.js';
import { knownTroubles, type StandIns } from './known-troubles.js';
import type { ShownTrouble } from './protocol.js';

/** What the next calls can be made to meet. */
export interface Troubles {
  shown(): readonly ShownTrouble[];
  /** The next `times` calls meet it. */
  plan(id: string, times: number): void;
  clear(): void;
  subscribe(listener: () => void): () => void;
}

export function createTroubles(standIns: StandIns): Troubles {
  const troubles = knownTroubles(standIns);
  const left = new Map(troubles.map(({ id }) => [id, 0]));
  const changes = createChanges();
  const count = (id: string, change: number): void => {
    left.set(id, (left.get(id) ?? 0) + change);
    changes.tell();
  };
  return {
    shown: () => troubles.map(({ add, ...trouble }) => ({ ...trouble, left: left.get(trouble.id) ?? 0 })),
    plan(id, times) {
      const trouble = troubles.find((candidate) => candidate.id === id);
      if (!trouble) throw new Error(`There is no trouble ${id}.`);
      count(id, times);
      trouble.add({
        times,
        when() {
          count(id, -1); // the first plan that says yes is met, and no other is asked
          return true;
        },
      });
    },
    clear() {
      const { workspace, bedrock, comprehend, s3 } = standIns;
      for (const { faults } of [bedrock, comprehend, s3]) faults.clear();
      for (const faults of Object.values(workspace.faults)) faults.clear();
      for (const id of left.keys()) count(id, -(left.get(id) ?? 0));
    },
    subscribe: changes.subscribe,
  };
}
