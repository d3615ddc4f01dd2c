/** One thing measured several times, beside what is wanted of it. */
export interface Figure {
  name: string;
  unit: string;
  runs: readonly number[];
  min: number;
  median: number;
  max: number;
  /** At most this. */
  wanted?: number;
  /** Whether the median is within it. */
  isReached?: boolean;
}

/** Keeps a figure to three decimals: no clock here is better than that. */
const rounded = (value: number): number => Math.round(value * 1000) / 1000;

export function createFigure(name: string, unit: string, runs: readonly number[], wanted?: number): Figure {
  const median = quantile(runs, 0.5);
  return {
    name,
    unit,
    runs: runs.map(rounded),
    min: rounded(Math.min(...runs)),
    median: rounded(median),
    max: rounded(Math.max(...runs)),
    ...(wanted !== undefined && { wanted, isReached: median <= wanted }),
  };
}

/** The value that this share of the values does not exceed: the nearest rank, never something between two of them. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('There is no quantile of nothing.');
  return value;
}
