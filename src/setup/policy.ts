import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Variables } from '../config.js';

const schema = z.looseObject({ Statement: z.array(z.looseObject({ Sid: z.string() })) });

export interface PolicyOptions {
  bucket: string;
  /** undefined if the credentials do not say. */
  account: string | undefined;
  variables: Variables;
}

/** deploy/policy.json for this app: what its settings need, and what the doctor asks. */
export function fillPolicy({ bucket, account = 'YOUR-ACCOUNT', variables }: PolicyOptions): string {
  const { GUARDRAIL_ID: guardrail = '', BEDROCK_REGION, IMAGE_OPERATIONS, POST_ANALYSIS, TAG_IMAGES } = variables;
  const region = BEDROCK_REGION || 'us-west-2';
  const isArn = guardrail.startsWith('arn:');
  const values: Record<string, string> = {
    account,
    bucket,
    bedrock_region: region,
    guardrail_arn: isArn ? guardrail : `arn:aws:bedrock:${region}:${account}:guardrail/${guardrail}`,
  };
  const isNeeded: Record<string, boolean> = {
    WorkFromImages: IMAGE_OPERATIONS !== 'none',
    ReadPosts: POST_ANALYSIS !== 'off',
    CheckPrompts: guardrail !== '',
    TagImages: TAG_IMAGES === 'on',
  };
  const template = readFileSync(new URL('../../deploy/policy.json', import.meta.url), 'utf8');
  const filled = template.replaceAll(/\$\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);
  const { Statement, ...document } = schema.parse(JSON.parse(filled));
  const needed = Statement.filter(({ Sid }) => isNeeded[Sid] ?? true);
  return JSON.stringify({ ...document, Statement: needed }, undefined, 2);
}
