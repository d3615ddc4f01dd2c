import { ConfigurationError } from './errors.js';
import { redact } from './redact.js';

/** What a check of a set-up found. `fix`: does not work as it stands; `note`: works, and is worth knowing. */
export interface CheckResult {
  kind: 'ok' | 'fix' | 'note';
  /** For the operator: what is so, or what to do. Holds no secret. */
  text: string;
}

export const ok = (text: string): CheckResult => ({ kind: 'ok', text });
export const fix = (text: string): CheckResult => ({ kind: 'fix', text });
export const note = (text: string): CheckResult => ({ kind: 'note', text });

/** One look at one part of a set-up. */
export interface Check {
  /** What is looked at, in a word or two: it begins the sentence where the look itself fails. */
  subject: string;
  /** 10 unless told. */
  limitSeconds?: number;
  look(abortSignal: AbortSignal): Promise<readonly CheckResult[]>;
  /** What it means that nothing answers, and why; defaults to a `fix`. */
  whenUnreachable?(reason: string): readonly CheckResult[];
}

/** Answers whatever happens, and in time. */
export type RunCheck = (check: Check) => Promise<readonly CheckResult[]>;

const defaultLimitSeconds = 10;

export function createRunCheck(newDeadline: (seconds: number) => AbortSignal): RunCheck {
  return async (check) => {
    const { subject, limitSeconds = defaultLimitSeconds, look, whenUnreachable } = check;
    const deadline = newDeadline(limitSeconds);
    try {
      return await Promise.race([look(deadline), rejectAt(deadline)]);
    } catch (error) {
      if (deadline.aborted) {
        const reason = `no answer within ${limitSeconds} seconds`;
        return whenUnreachable?.(reason) ?? [fix(`${subject}: ${reason}. ${connectionAdvice}`)];
      }
      return explain(check, error);
    }
  };
}

/** Not every client can be told to stop: the look is left behind. */
function rejectAt(deadline: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    deadline.addEventListener('abort', () => reject(deadline.reason), { once: true });
  });
}

/** What an operator does if nothing answers. */
export function noConnection(subject: string, code: string): string {
  return `${subject}: no connection (${code}). ${connectionAdvice}`;
}

const connectionAdvice =
  'Is the address or the Region right, and can this machine reach it (DNS, firewall, proxy, certificates)?';

function explain({ subject, whenUnreachable }: Check, error: unknown): readonly CheckResult[] {
  if (error instanceof ConfigurationError) return error.problems.map(fix);
  const code = networkCodeOf(error);
  if (code) return whenUnreachable?.(code) ?? [fix(noConnection(subject, code))];
  const first = firstCauseOf(error);
  const said = first instanceof Error ? `${first.name}: ${first.message}` : String(first);
  return [fix(`${subject}: this could not be checked (${redact(said)}).`)];
}

/** What libraries wrap says more than their wrapping: `fetch failed`. */
function firstCauseOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? firstCauseOf(error.cause) : error;
}

/** Such as ECONNREFUSED, of the error or of what caused it. Libraries have codes of their own in small letters. */
export function networkCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const isCode = 'code' in error && typeof error.code === 'string' && /^(E[A-Z]+|[A-Z]+(_[A-Z]+)+)$/.test(error.code);
  return isCode ? String(error.code) : networkCodeOf(error.cause);
}

export interface Report {
  /** Writes what was not written before: several checks can meet the same problem. */
  tell(findings: readonly CheckResult[]): void;
  /** Writes the last line. The status for the shell: 1 where anything has to be mended. */
  conclude(): 0 | 1;
}

const widths = { ok: 'ok    ', fix: 'fix   ', note: 'note  ' } as const;

export function createReport(writeLine: (line: string) => void): Report {
  const told = new Set<string>();
  let problems = 0;
  return {
    tell(findings) {
      for (const { kind, text } of findings) {
        const line = widths[kind] + text;
        if (told.has(line)) continue;
        told.add(line);
        if (kind === 'fix') problems += 1;
        writeLine(line);
      }
    },
    conclude() {
      writeLine('');
      const things = problems === 1 ? 'One thing' : `${problems} things`;
      writeLine(problems === 0 ? 'Nothing to mend.' : `${things} to mend.`);
      return problems === 0 ? 0 : 1;
    },
  };
}
