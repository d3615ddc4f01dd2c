import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, vi } from 'vitest';
import type { BedrockControlRequest } from '../../sandbox/bedrock-control/start-bedrock-control.js';
import type { S3Request } from '../../sandbox/s3/s3-fault.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/start-sandbox.js';
import { useEnvironment } from './environment.js';

export interface ValidationIssue {
  options?: SandboxOptions;
  settings?: Record<string, string>;
  arrange?(sandbox: Sandbox): void;
  words?: string[];
}

const program = fileURLToPath(new URL('../../src/doctor.ts', import.meta.url));
const exit = 'the program would have ended its process';
let runs = 0;

/**
 * `npm run doctor -- …`: the program itself, which runs when it is imported, in this process. It works in an empty folder,
 * so that a `.env` of real settings cannot mix with these.
 */
async function runDoctor(environment: Record<string, string>, words: readonly string[]) {
  useEnvironment(environment);
  const folder = await mkdtemp(join(tmpdir(), 'imagine-doctor-'));
  const lines: string[] = [];
  const restored = [
    vi.spyOn(process, 'cwd').mockReturnValue(folder),
    vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line)),
    vi.spyOn(process, 'exit').mockImplementation((status) => {
      throw new Error(exit, { cause: status });
    }),
  ];
  const { argv } = process;
  const printers = process.listeners('warning');
  process.argv = [...argv.slice(0, 2), ...words];
  runs += 1;
  try {
    await import(/* @vite-ignore */ `${program}?run=${runs}`);
    throw new Error('the doctor did not end');
  } catch (error) {
    if (!(error instanceof Error && error.message === exit)) throw error;
    return { status: error.cause, output: lines.map((line) => `${line}\n`).join('') };
  } finally {
    process.argv = argv;
    process.removeAllListeners('warning');
    for (const printer of printers) process.on('warning', printer);
    for (const spy of restored) spy.mockRestore();
    await rm(folder, { recursive: true });
  }
}

/** The doctor on a sandbox that ends with the test. */
export async function examine({ options = {}, settings, arrange, words = [] }: ValidationIssue = {}) {
  const sandbox = await startSandbox({ ...options, bedrock: { imageScale: 0.25, ...options.bedrock } });
  onTestFinished(() => sandbox.close());
  arrange?.(sandbox);
  const environment: Record<string, string> = { ...sandbox.environment, ...settings };
  const { status, output: written } = await runDoctor(environment, words);
  const secrets = Object.keys(environment).filter((name) => /TOKEN|KEY/.test(name));
  for (const name of secrets) expect(written).not.toContain(environment[name] || 'X-Amz-Signature');
  const output = written.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>').replaceAll(/\d+ (?=of the 3000)/g, '<n> ');
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
  bedrockControl.faults.add({ kind: 'error', name: 'AccessDeniedException' }, { times: 99 });
}

/** Fields of Bedrock's answer about such models, instead of its own; by default about those that draw from a prompt alone. */
export function tellInstead(
  operation: BedrockControlRequest['operation'],
  fields: Record<string, unknown>,
  modelId = /core|nova/,
) {
  const when = (request: BedrockControlRequest) => request.operation === operation && modelId.test(request.modelId);
  return ({ bedrockControl }: Sandbox) => bedrockControl.faults.add({ kind: 'answer', fields }, { when, times: 99 });
}
