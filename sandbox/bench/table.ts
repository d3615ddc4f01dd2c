import type { Figure } from './figures.js';

const heading = ['figure', 'min', 'median', 'max', 'wanted', 'unit', ''];

/** A line for each figure, in columns. */
export function formatTable(figures: readonly Figure[]): string {
  const rows = [heading, ...figures.map(toRow)];
  const widths = heading.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => formatRow(row, widths)).join('\n');
}

function toRow({ name, unit, min, median, max, wanted, isReached }: Figure): string[] {
  const verdict = isReached === undefined ? '' : isReached ? 'reached' : 'missed';
  return [name, ...[min, median, max].map(format), wanted === undefined ? '' : `≤ ${wanted}`, unit, verdict];
}

/** Three digits that count. */
function format(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** Names and units stand left, numbers right. */
function formatRow(row: readonly string[], widths: readonly number[]): string {
  const isText = (column: number) => column === 0 || column > 4;
  const cells = row.map((cell, column) => {
    const width = widths[column] ?? 0;
    return isText(column) ? cell.padEnd(width) : cell.padStart(width);
  });
  return cells.join('  ').trimEnd();
}
