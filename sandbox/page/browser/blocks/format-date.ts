/** Those of Slack's templates that Imagine uses. https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
const templates: Readonly<Record<string, (date: Date, now: Date) => string>> = {
  '{date_short_pretty}': (date, now) => nearDay(date, now) ?? dateShort.format(date),
  '{time}': (date) => time.format(date),
};

const dateShort = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium' });
const time = new Intl.DateTimeFormat('en-US', { timeStyle: 'short' });

/**
 * The moment as its reader sees it, in the browser's own time zone.
 * Undefined if there is a template that is not known here: Slack then shows the fallback.
 */
export function formatDate(seconds: number, format: string, now = new Date()): string | undefined {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return undefined;
  let isKnown = true;
  const text = format.replace(/\{\w+\}/g, (template) => {
    const write = templates[template];
    isKnown &&= write !== undefined;
    return write?.(date, now) ?? '';
  });
  return isKnown ? text : undefined;
}

function nearDay(date: Date, now: Date): string | undefined {
  const dayAfter = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).toDateString();
  const names = [
    [-1, 'yesterday'],
    [0, 'today'],
    [1, 'tomorrow'],
  ] as const;
  return names.find(([days]) => dayAfter(days) === date.toDateString())?.[1];
}
