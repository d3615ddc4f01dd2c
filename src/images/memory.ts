/** The latest outcomes by name, each made once, also if it is asked for twice at a time. A failure is not kept. */
export function createMemory<Value>(max: number) {
  const kept = new Map<string, Promise<Value>>();
  return {
    get(name: string, make: () => Promise<Value>): Promise<Value> {
      const held = kept.get(name);
      if (held) return held;
      const made = make().catch((error: unknown) => {
        kept.delete(name);
        throw error;
      });
      kept.set(name, made);
      for (const [oldest] of kept) if (kept.size > max) kept.delete(oldest);
      return made;
    },
  };
}
