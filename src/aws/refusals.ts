import { type Check, type CheckResult, fix } from '../core/check-result.js';
import { redact } from '../core/redact.js';

/** What a policy has to allow for a check to go through. */
export interface Permission {
  action: string;
  resource: string;
}

export interface AwsCheck extends Check {
  /** Left out where nothing is asked of AWS. */
  permission?: Permission;
  /** What it means that the permission is missing; `fix` unless told. */
  whenDenied?(permission: Permission): readonly CheckResult[];
  /** Words for an error of this check alone; undefined for what others explain. */
  explain?(error: Error): CheckResult | undefined;
}

/** A check whose refusals are explained: first those of the credentials, which every call meets alike. */
export function createAwsCheck(check: AwsCheck): Check {
  return {
    ...check,
    async look(abortSignal) {
      try {
        return await check.look(abortSignal);
      } catch (error) {
        const findings = error instanceof Error ? explainError(error, check) : undefined;
        if (!findings) throw error;
        return findings;
      }
    },
  };
}

function explainError(error: Error, check: AwsCheck): readonly CheckResult[] | undefined {
  const problem = explainCredentials(error);
  if (problem) return [problem];
  if (check.permission && isDenied(error))
    return check.whenDenied?.(check.permission) ?? [denied(check, check.permission)];
  const finding = check.explain?.(error);
  return finding && [finding];
}

function denied({ subject }: Check, { action, resource }: Permission): CheckResult {
  return fix(`${subject}: these credentials lack ${action}. Allow it on ${resource} in their policy.`);
}

function isDenied(error: Error): boolean {
  return error.name === 'AccessDenied' || error.name === 'AccessDeniedException';
}

/** S3's names and those of the JSON services: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html, and CommonErrors of the others. */
const credentialProblems: ReadonlyMap<string, string> = new Map([
  ...['ExpiredToken', 'ExpiredTokenException'].map(
    (name) => [name, 'they have expired. Sign in again, or run the app with a role that renews them.'] as const,
  ),
  ...['InvalidAccessKeyId', 'InvalidClientTokenId', 'InvalidToken', 'UnrecognizedClientException'].map(
    (name) => [name, 'AWS does not know them. Are the access key id and, if any, the session token right?'] as const,
  ),
  ...['SignatureDoesNotMatch', 'InvalidSignatureException', 'RequestTimeTooSkewed'].map(
    (name) => [name, `AWS refuses their signature. Is the secret access key right, and this machine's clock?`] as const,
  ),
]);

export function explainCredentials({ name, message }: Error): CheckResult | undefined {
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') {
    const advice = 'Set AWS_PROFILE, or access keys, or run where a role is given.';
    return fix(`credentials: the AWS SDK finds none. ${advice} It says: ${redact(message)}`);
  }
  const problem = credentialProblems.get(name);
  return problem === undefined ? undefined : fix(`credentials: ${problem}`);
}
