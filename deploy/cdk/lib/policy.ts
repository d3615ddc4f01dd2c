import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnElement, type Stack, Validations } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Settings } from './settings';

/** The top of the repository, from `dist/lib`. */
export const repository = join(__dirname, '..', '..', '..', '..');

interface PolicyDocument {
  Statement: { Sid: string }[];
}

/** The rights of the app: of the one policy that this stack, the Terraform module and docs/setup.md share, what it needs. */
export function createRights(stack: Stack, bucket: Bucket, { environment, unpickedDays }: Settings): Policy {
  const {
    BEDROCK_REGION: bedrockRegion = 'us-west-2',
    GUARDRAIL_ID: guardrail = '',
    POST_ANALYSIS,
    IMAGE_OPERATIONS,
    PROMPT_MODEL,
  } = environment;
  const isArn = guardrail.startsWith('arn:');
  const values: Record<string, string> = {
    account: stack.account,
    bucket: bucket.bucketName,
    bedrock_region: bedrockRegion,
    guardrail_arn: isArn ? guardrail : `arn:aws:bedrock:${bedrockRegion}:${stack.account}:guardrail/${guardrail}`,
  };
  const isNeeded: Record<string, boolean> = {
    WorkFromImages: IMAGE_OPERATIONS !== 'none',
    ReadPosts: POST_ANALYSIS !== 'off',
    WritePrompts: PROMPT_MODEL !== 'off',
    CheckPrompts: guardrail !== '',
    TagImages: unpickedDays !== undefined,
    DoctorAsksAboutLifecycle: false, // the doctor runs elsewhere
    DoctorAsksAboutModels: false,
  };
  const template = readFileSync(join(repository, 'deploy', 'policy.json'), 'utf8');
  const filled = template.replaceAll(/\$\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);
  const document: PolicyDocument = JSON.parse(filled);
  const statements = document.Statement.filter(({ Sid }) => isNeeded[Sid] ?? true);
  const policy = new Policy(stack, 'AppRights', {
    statements: statements.map((statement) => PolicyStatement.fromJson(statement)),
  });
  Validations.of(policy).acknowledge(
    {
      id: `AwsSolutions-IAM5[Resource::arn:aws:s3:::<${idOf(stack, bucket)}>/*]`,
      reason: 'The objects of its bucket.',
    },
    { id: 'AwsSolutions-IAM5[Resource::*]', reason: 'Comprehend knows no resources for these calls.' },
    ...[
      `${bedrockRegion}:<AWS::AccountId>:inference-profile/us.stability.*`,
      ...['us-east-1', 'us-east-2', 'us-west-2'].map((region) => `${region}::foundation-model/stability.*`),
    ].map((models) => ({
      id: `AwsSolutions-IAM5[Resource::arn:aws:bedrock:${models}]`,
      reason: 'The image services of one vendor, in the Regions that its profiles send calls to.',
    })),
  );
  return policy;
}

function idOf(stack: Stack, bucket: Bucket): string {
  const resource = bucket.node.defaultChild;
  return CfnElement.isCfnElement(resource) ? stack.getLogicalId(resource) : '';
}
