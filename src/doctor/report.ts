import type { CheckResult } from '../core/check-result.js';

/** `fix   S3_BUCKET: set the name of a private bucket.` */
export const toLine = ({ kind, text }: CheckResult): string => kind.padEnd(6) + text;

/** What a result is about, which its text begins with, and what it says of that. */
export function splitSubject({ kind, text }: CheckResult): {
  kind: CheckResult['kind'];
  subject: string;
  text: string;
} {
  const [, subject = 'settings', said = text] = /^([^:.]+): (.+)$/s.exec(text) ?? [];
  return { kind, subject, text: said };
}

export function inSummary(problems: number): string {
  const things = ['Nothing', 'One thing'][problems] ?? `${problems} things`;
  return `${things} to fix.`;
}
