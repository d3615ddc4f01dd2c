/**
 * One seed an image: a base and the numbers after it, so that a batch can be told by its first seed and no two of its
 * images are alike. Never 0, which models take for "any".
 * @param random a number from 0 up to, not including, 1
 */
export function chooseSeeds(count: number, range: { min: number; max: number }, random: () => number): number[] {
  const lowest = Math.max(1, range.min);
  const highest = range.max - count + 1;
  const base = lowest + Math.floor(random() * (highest - lowest + 1));
  return Array.from({ length: count }, (_, index) => base + index);
}
