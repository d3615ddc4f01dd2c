import { expect, onTestFinished, test, vi } from 'vitest';
import { formatDate } from '../../../sandbox/page/browser/blocks/format-date.js';
import { parseMrkdwn } from '../../../sandbox/page/browser/blocks/parse-mrkdwn.js';

const now = new Date('2026-11-29T12:00:00');
const inSeconds = (local: string): number => new Date(local).getTime() / 1000;

test.each([
  ['2026-11-28T00:05:00', 'yesterday 12:05 AM'],
  ['2026-11-29T09:30:59', 'today 9:30 AM'],
  ['2026-11-30T23:59:00', 'tomorrow 11:59 PM'],
  ['2026-11-27T23:59:00', 'Nov 27, 2026 11:59 PM'],
  ['2026-12-01T00:00:00', 'Dec 1, 2026 12:00 AM'],
])('%s is %s to its reader', (local, text) => {
  const written = formatDate(inSeconds(local), '{date_short_pretty} {time}', now);
  expect(written?.replace(/\s/g, ' ')).toBe(text); // some versions put a narrow space before AM
});

test('a template that is not known writes nothing', () => {
  expect(formatDate(inSeconds('2026-11-29T09:30:00'), '{time} {date_ages}', now)).toBeUndefined();
});

test('a date in a text is written where it is', () => {
  vi.useFakeTimers({ now });
  onTestFinished(() => void vi.useRealTimers());
  const date = `<!date^${inSeconds('2026-11-29T09:30:00')}^{date_short_pretty}|2026-11-29>`;
  expect(parseMrkdwn(`until ${date}.`)).toEqual(['until ', 'today', '.']);
});
