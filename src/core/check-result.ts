/** What a check of the setup found. `fix`: does not work as it is; `note`: works, and is worth knowing. */
export interface CheckResult {
  kind: 'ok' | 'fix' | 'note';
  /** For the operator: what was found, or what to do. Holds no secret. */
  text: string;
}

export const ok = (text: string): CheckResult => ({ kind: 'ok', text });
export const fix = (text: string): CheckResult => ({ kind: 'fix', text });
export const note = (text: string): CheckResult => ({ kind: 'note', text });

export const connectionAdvice =
  'Is the address or the Region right, and can this machine reach it (DNS, firewall, proxy, certificates)?';

export function noConnection(subject: string, code: string): string {
  return `${subject}: no connection (${code}). ${connectionAdvice}`;
}

/** Such as ECONNREFUSED, of the error or of its cause. Libraries have codes of their own in lowercase. */
export function networkCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const isCode = 'code' in error && typeof error.code === 'string' && /^(E[A-Z]+|[A-Z]+(_[A-Z]+)+)$/.test(error.code);
  return isCode ? String(error.code) : networkCodeOf(error.cause);
}
