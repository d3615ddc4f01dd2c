/** One exchange with a stand-in, told without tokens, signatures or image bytes. */
export interface WireEntry {
  at: Date;
  service: 'slack' | 'bedrock' | 'comprehend' | 's3' | 'openai';
  /** `in`: the app called the service; `out`: the service called the app. */
  direction: 'in' | 'out';
  /** The operation: a Web API method, an AWS operation, a payload type. */
  operation: string;
  status: number | string;
  detail: unknown;
}

export type WireLog = ReturnType<typeof createWireLog>;

/** Keeps the last `limit` exchanges, so that a sandbox left open does not grow. */
export function createWireLog({ limit = 500 } = {}) {
  const entries: WireEntry[] = [];
  const listeners = new Set<(entry: WireEntry) => void>();
  return {
    entries: (): readonly WireEntry[] => entries,
    record(entry: Omit<WireEntry, 'at'>): void {
      const kept = { at: new Date(), ...entry };
      entries.push(kept);
      if (entries.length > limit) entries.shift();
      for (const listener of listeners) listener(kept);
    },
    /** Calls the listener at each new entry; the answer ends that. */
    subscribe(listener: (entry: WireEntry) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
