export type Random = ReturnType<typeof createRandom>;

/** Numbers that look like chance and are the same for the same start. */
export function createRandom(start: number) {
  let state = start;
  // Mulberry32: one 32-bit word of state, and even enough for an image.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    between: (low: number, high: number): number => low + next() * (high - low),
    chance: (probability: number): boolean => next() < probability,
  };
}

/** Numbers between those of one and those of another: a share of 0 is the one, of 1 the other. */
export function mixRandom(one: Random, other: Random, share: number): Random {
  return {
    between: (low, high) => one.between(low, high) * (1 - share) + other.between(low, high) * share,
    chance(probability) {
      const [first, second] = [one.chance(probability), other.chance(probability)];
      return share < 0.5 ? first : second;
    },
  };
}

/** FNV-1a, 32 bits. */
export function hashOf(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}
