import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Variables } from '../config.js';
import { type CheckResult, note } from '../core/check-result.js';

const schema = z.looseObject({ Statement: z.array(z.looseObject({ Sid: z.string() })) });

export interface PolicyOptions {
  bucket: string;
  /** undefined if the credentials do not say. */
  account: string | undefined;
  variables: Variables;
}

/** deploy/policy.json for this app: what its settings need, and what the doctor asks. `notes` say what to change by hand. */
export function fillPolicy({ bucket, account, variables }: PolicyOptions): { policy: string; notes: CheckResult[] } {
  const { GUARDRAIL_ID: guardrail = '', IMAGE_OPERATIONS, POST_ANALYSIS, PROMPT_MODEL, TAG_IMAGES } = variables;
  const region = variables.BEDROCK_REGION || 'us-west-2';
  const owner = account ?? 'YOUR-ACCOUNT';
  const isArn = guardrail.startsWith('arn:');
  const values: Record<string, string> = {
    account: owner,
    bucket,
    bedrock_region: region,
    guardrail_arn: isArn ? guardrail : `arn:aws:bedrock:${region}:${owner}:guardrail/${guardrail}`,
  };
  const isNeeded: Record<string, boolean> = {
    WorkFromImages: IMAGE_OPERATIONS !== 'none',
    ReadPosts: POST_ANALYSIS !== 'off',
    WritePrompts: PROMPT_MODEL !== 'off',
    CheckPrompts: guardrail !== '',
    TagImages: TAG_IMAGES === 'on',
  };
  const template = readFileSync(new URL('../../deploy/policy.json', import.meta.url), 'utf8');
  const filled = template.replaceAll(/\$\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);
  const { Statement, ...document } = schema.parse(JSON.parse(filled));
  const needed = Statement.filter(({ Sid }) => isNeeded[Sid] ?? true);
  const isOther = PROMPT_MODEL && !template.includes(`inference-profile/${PROMPT_MODEL}"`);
  const isElsewhere = !template.includes(`:${region}::foundation-model/amazon.`);
  const notes = [
    account === undefined && 'policy: put the number of your account in place of YOUR-ACCOUNT.',
    isNeeded.WritePrompts &&
      (isOther || isElsewhere) &&
      `policy: WritePrompts allows the default PROMPT_MODEL only, from us-east-1, us-east-2 or us-west-2. Put the ARNs of yours in their place, as docs/setup.md says.`,
  ];
  const policy = JSON.stringify({ ...document, Statement: needed }, undefined, 2);
  return { policy, notes: notes.flatMap((text) => (text ? [note(text)] : [])) };
}
