import { once } from 'node:events';
import { explainCredentials, isDenied } from '../aws/refusals.js';
import { type CheckResult, connectionAdvice, fix, networkCodeOf, noConnection } from '../core/check-result.js';
import { ConfigurationError } from '../core/errors.js';
import { redact } from '../observability/log.js';

export type Results = readonly CheckResult[];

/** What a policy has to allow for a check to pass. */
export interface Permission {
  action: string;
  resource: string;
}

/** One check of one part of the setup. What a failure means is a `fix`, unless the check has words of its own for it. */
export interface Check {
  /** What is checked, in a word or two. */
  subject: string;
  /** Defaults to 10. */
  limitSeconds?: number;
  /** Of AWS. */
  permission?: Permission;
  run(abortSignal: AbortSignal): Promise<Results>;
  whenDenied?(permission: Permission): Results;
  /** @param reason why nothing answers */
  whenUnreachable?(reason: string): Results;
  explain?(error: unknown): CheckResult | undefined;
}

/** Runs a check. Never fails, and ends in time: a client that cannot be stopped is left behind. */
export async function runCheck(check: Check): Promise<Results> {
  const { subject, limitSeconds = 10, run, whenUnreachable } = check;
  const deadline = AbortSignal.timeout(limitSeconds * 1000);
  const tooLate = once(deadline, 'abort').then(() => Promise.reject(deadline.reason));
  try {
    return await Promise.race([run(deadline), tooLate]);
  } catch (error) {
    if (!deadline.aborted) return explainFailure(error, check);
    const reason = `no answer within ${limitSeconds} seconds`;
    return whenUnreachable?.(reason) ?? [fix(`${subject}: ${reason}. ${connectionAdvice}`)];
  }
}

export async function runAll(checks: readonly Check[]): Promise<Results> {
  return (await Promise.all(checks.map(runCheck))).flat();
}

/** What every call to AWS meets alike comes first: that the credentials are refused. */
function explainFailure(error: unknown, check: Check): Results {
  const { subject, permission, whenDenied, whenUnreachable, explain } = check;
  if (error instanceof ConfigurationError) return error.problems.map(fix);
  const problem = explainCredentials(error);
  if (problem !== undefined) return [fix(problem)];
  if (permission && isDenied(error)) {
    const { action, resource } = permission;
    const advice = `Allow it on ${resource} in their policy.`;
    return whenDenied?.(permission) ?? [fix(`${subject}: these credentials lack ${action}. ${advice}`)];
  }
  const explained = explain?.(error);
  if (explained) return [explained];
  const code = networkCodeOf(error);
  if (code) return whenUnreachable?.(code) ?? [fix(noConnection(subject, code))];
  return [fix(`${subject}: this could not be checked (${redact(String(firstCauseOf(error)))}).`)];
}

/** What libraries wrap says more than their wrapper, such as `fetch failed`. */
function firstCauseOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? firstCauseOf(error.cause) : error;
}
