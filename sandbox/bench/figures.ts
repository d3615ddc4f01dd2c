/** One thing measured several times. */
export interface Figure {
  name: string;
  unit: string;
  runs: readonly number[];
  min: number;
  median: number;
  max: number;
  /** The median should be at most this. */
  wanted?: number;
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

/** The value that this share of the values does not exceed: the nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('There is no quantile of nothing.');
  return value;
}

const heading = ['figure', 'min', 'median', 'max', 'wanted', 'unit', ''];

/** A line for each figure, in columns: names and units to the left, numbers to the right. */
export function formatTable(figures: readonly Figure[]): string {
  const rows = [heading, ...figures.map(toRow)];
  const widths = heading.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const pad = (cell: string, column: number) =>
    column === 0 || column > 4 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n');
}

function toRow({ name, unit, min, median, max, wanted, isReached }: Figure): string[] {
  const verdict = isReached === undefined ? '' : isReached ? 'reached' : 'missed';
  return [name, ...[min, median, max].map(format), wanted === undefined ? '' : `≤ ${wanted}`, unit, verdict];
}

/** Three digits that count. */
function format(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
