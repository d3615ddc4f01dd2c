/** Numbers as users read them. Plain text. */

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

export function aboutCost(count: number, pricePerImage: number | undefined): string | undefined {
  return pricePerImage === undefined ? undefined : `about ${dollars.format(count * pricePerImage)}`;
}

/** A range only if it has no gaps: a model may report another seed than it was asked for. */
export function seedsLine(seeds: readonly number[]): string | undefined {
  const [first] = seeds;
  if (first === undefined) return undefined;
  if (seeds.length === 1) return `seed ${first}`;
  const isRange = seeds.every((seed, index) => seed === first + index);
  return `seeds ${isRange ? `${first}–${seeds.at(-1)}` : seeds.join(', ')}`;
}

export function duration(milliseconds: number): string {
  return `${Math.max(1, Math.round(milliseconds / 1000))} s`;
}

const grouped = new Intl.NumberFormat('en-US');

/** With thousands separators: for counts, not for numbers that users type or copy, such as seeds. */
export function wholeNumber(value: number): string {
  return grouped.format(value);
}
