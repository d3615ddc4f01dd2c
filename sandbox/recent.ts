/** A list that keeps the newest only, by number and by bytes, so that a sandbox left open does not grow. The newest is always kept. */
export function createRecent<Item>({ items = 2000, bytes = 64 * 2 ** 20 } = {}) {
  const kept: Item[] = [];
  const sizes: number[] = [];
  let total = 0;
  let count = 0;
  return {
    /** Oldest first. */
    all: (): readonly Item[] => kept,
    /** How many there ever were. */
    count: () => count,
    /** `size`: about how many bytes the item keeps in memory, if that may be much. */
    add(item: Item, size = 0): void {
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
