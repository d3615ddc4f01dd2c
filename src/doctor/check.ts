import { explainCredentials } from '../aws/check-bucket.js';
import { type CheckResult, connectionAdvice, fix, networkCodeOf, noConnection } from '../core/check-result.js';
import { ConfigurationError } from '../core/errors.js';
import { redact } from '../observability/log.js';

/** One check of one part of the setup. */
export interface Check {
  /** What is checked, in a word or two. */
  subject: string;
  /** Defaults to 10. */
  limitSeconds?: number;
  run(abortSignal: AbortSignal): Promise<readonly CheckResult[]>;
  /** What it means that nothing answers, and why; defaults to a `fix`. */
  whenUnreachable?(reason: string): readonly CheckResult[];
}

/** Runs a check. Never fails, and ends in time: a client that cannot be stopped is left behind. */
export async function runCheck(
  { subject, limitSeconds = 10, run, whenUnreachable }: Check,
  newDeadline = (seconds: number) => AbortSignal.timeout(seconds * 1000),
): Promise<readonly CheckResult[]> {
  const deadline = newDeadline(limitSeconds);
  const tooLate = new Promise<never>((_resolve, reject) => {
    deadline.addEventListener('abort', () => reject(deadline.reason), { once: true });
  });
  try {
    return await Promise.race([run(deadline), tooLate]);
  } catch (error) {
    if (deadline.aborted) {
      const reason = `no answer within ${limitSeconds} seconds`;
      return whenUnreachable?.(reason) ?? [fix(`${subject}: ${reason}. ${connectionAdvice}`)];
    }
    if (error instanceof ConfigurationError) return error.problems.map(fix);
    const code = networkCodeOf(error);
    if (code) return whenUnreachable?.(code) ?? [fix(noConnection(subject, code))];
    const first = firstCauseOf(error);
    const said = first instanceof Error ? `${first.name}: ${first.message}` : String(first);
    return [fix(`${subject}: this could not be checked (${redact(said)}).`)];
  }
}

/** What libraries wrap says more than their wrapper, such as `fetch failed`. */
function firstCauseOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? firstCauseOf(error.cause) : error;
}

/** What a policy has to allow for a check to pass. */
export interface Permission {
  action: string;
  resource: string;
}

export interface AwsCheck extends Check {
  /** Left out if nothing is asked of AWS. */
  permission?: Permission;
  /** What it means that the permission is missing; defaults to a `fix`. */
  whenDenied?(permission: Permission): readonly CheckResult[];
  /** Words for an error of this check alone. */
  explain?(error: Error): CheckResult | undefined;
}

/** A check whose refusals are explained: first those of the credentials, which every call meets alike. */
export function createAwsCheck(check: AwsCheck): Check {
  return {
    ...check,
    async run(abortSignal) {
      try {
        return await check.run(abortSignal);
      } catch (error) {
        const results = error instanceof Error ? explainError(error, check) : undefined;
        if (!results) throw error;
        return results;
      }
    },
  };
}

function explainError(error: Error, { subject, permission, whenDenied, explain }: AwsCheck) {
  const problem = explainCredentials(error);
  if (problem !== undefined) return [fix(problem)];
  // S3's name and that of the others; Comprehend's client exports no class for it
  if (permission && (error.name === 'AccessDenied' || error.name === 'AccessDeniedException')) {
    const { action, resource } = permission;
    const denied = `${subject}: these credentials lack ${action}. Allow it on ${resource} in their policy.`;
    return whenDenied?.(permission) ?? [fix(denied)];
  }
  const result = explain?.(error);
  return result && [result];
}

export interface Report {
  /** Writes what was not written before: several checks can meet the same problem. */
  add(results: readonly CheckResult[]): void;
  /** Writes the last line. Returns the status for the shell: 1 if there is anything to fix. */
  conclude(): 0 | 1;
}

export function createReport(writeLine: (line: string) => void): Report {
  const written = new Set<string>();
  let problems = 0;
  return {
    add(results) {
      for (const { kind, text } of results) {
        const line = kind.padEnd(6) + text;
        if (written.has(line)) continue;
        written.add(line);
        if (kind === 'fix') problems += 1;
        writeLine(line);
      }
    },
    conclude() {
      const things = problems === 1 ? 'One thing' : `${problems} things`;
      writeLine('');
      writeLine(problems === 0 ? 'Nothing to fix.' : `${things} to fix.`);
      return problems === 0 ? 0 : 1;
    },
  };
}
