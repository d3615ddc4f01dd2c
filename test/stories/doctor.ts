import { expect, onTestFinished } from 'vitest';
import type { BedrockControlRequest } from '../../sandbox/bedrock-control/bedrock-control-fault.js';
import type { S3Request } from '../../sandbox/s3/s3-fault.js';
import { startApp } from '../../sandbox/start-app.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/start-sandbox.js';

export interface ValidationIssue {
  options?: SandboxOptions;
  settings?: Record<string, string>;
  arrange?(sandbox: Sandbox): void;
  words?: string[];
}

const secretSettings = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
];

/** The built doctor, as `npm run doctor` runs it, on a sandbox that ends with the test. */
export async function examine({ options = {}, settings, arrange, words = [] }: ValidationIssue = {}) {
  const sandbox = await startSandbox({ ...options, bedrock: { imageScale: 0.25, ...options.bedrock } });
  onTestFinished(() => sandbox.close());
  arrange?.(sandbox);
  const environment: Record<string, string> = { ...sandbox.environment, ...settings };
  const doctor = await startApp({ ...environment, NODE_OPTIONS: '--no-warnings' }, { program: 'doctor.js', words });
  onTestFinished(async () => void (await doctor.stop('SIGKILL')));
  const status = await doctor.exited;
  for (const name of secretSettings) expect(doctor.output()).not.toContain(environment[name] || 'X-Amz-Signature');
  const output = doctor
    .output()
    .replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>')
    .replaceAll(/\d+ (?=of the 3000)/g, '<n> ');
  const linesOf = (kind: string) =>
    output
      .split('\n')
      .filter((line) => line.startsWith(kind))
      .map((line) => line.slice(6));
  return { sandbox, status, output, fixes: linesOf('fix'), notes: linesOf('note') };
}

export function denyS3(operation: S3Request['operation']) {
  return ({ s3 }: Sandbox) =>
    s3.faults.add(
      { kind: 'error', code: 'AccessDenied' },
      { times: 9, when: (request) => request.operation === operation },
    );
}

export function denyBedrockControl({ bedrockControl }: Sandbox): void {
  bedrockControl.faults.add({ kind: 'error', name: 'AccessDeniedException' }, { times: 2 });
}

/** Fields of Bedrock's answer about a model, instead of its own. */
export function tellInstead(operation: BedrockControlRequest['operation'], fields: Record<string, unknown>) {
  return ({ bedrockControl }: Sandbox) =>
    bedrockControl.faults.add({ kind: 'answer', fields }, { when: (request) => request.operation === operation });
}
