import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { addChecks, createApp } from '../lib/create-app';

export const image = 'ghcr.io/example/imagine:1.0.0';
export const overHttp = { mode: 'http', certificateArn: 'arn:aws:acm:us-west-2:123456789012:certificate/example' };

/** The context that cdk.json gives, which the CLI reads and a test does not. */
const { context }: { context: Record<string, unknown> } = require('../../cdk.json');

const create = (settings: Record<string, unknown>) => createApp({ context: { ...context, image, ...settings } });

/** The template for these settings, without the checks, which take a second. */
export const synthesize = (settings: Record<string, unknown> = {}): Template =>
  Template.fromStack(create(settings).stack);

/** CDK holds every template against CloudFormation's schemas, too, which takes several seconds: only `check` lets it. */
process.env.CDK_VALIDATION = 'false';

/** Throws if a check finds something that is not explained. @param change something to find */
export function check(settings: Record<string, unknown>, change?: (stack: Stack) => void): void {
  const { app, stack } = create(settings);
  change?.(stack);
  addChecks(app);
  process.env.CDK_VALIDATION = 'true';
  try {
    app.synth();
  } finally {
    process.env.CDK_VALIDATION = 'false';
  }
}

/** The folders that the CLI would hand to Docker, if the image is built from this repository. */
export function stagedFolders(): string[] {
  const { directory } = createApp({ context }).app.synth();
  return readdirSync(directory)
    .filter((name) => name.startsWith('asset.'))
    .map((name) => join(directory, name));
}

/** The rules of AWS Solutions that a stack of these settings has explanations for. */
export function explained(settings: Record<string, unknown> = {}): string[] {
  const { stack } = create(settings);
  const entries = stack.node.findAll().flatMap(({ node }) => node.metadata);
  const rules = entries.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
  return rules.flatMap(({ data }) => Object.keys(data)).flatMap((id) => /AwsSolutions-(.*)/.exec(id)?.[1] ?? []);
}
