export interface Recent<Item> {
  /** Those that are kept, oldest first. */
  all(): readonly Item[];
  /** How many there ever were. */
  count(): number;
  /** `bytes`: about what the item keeps in memory, where that may be much. */
  add(item: Item, bytes?: number): void;
}

/** A list that keeps the newest only, by number and by bytes, so that a sandbox left open does not grow. The newest is always kept. */
export function createRecent<Item>({ items = 2000, bytes = 64 * 2 ** 20 } = {}): Recent<Item> {
  const kept: Item[] = [];
  const sizes: number[] = [];
  let total = 0;
  let count = 0;
  return {
    all: () => kept,
    count: () => count,
    add(item, size = 0) {
      count += 1;
      kept.push(item);
      sizes.push(size);
      total += size;
      while (kept.length > 1 && (kept.length > items || total > bytes)) {
        kept.shift();
        total -= sizes.shift() ?? 0;
      }
    },
  };
}
