import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnElement, type Stack, Validations } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { repository, SettingError, type Settings } from './settings';

/** The only text model in deploy/policy.json. */
const defaultWriter = 'us.amazon.nova-2-lite-v1:0';
/** Of the image models in deploy/policy.json; test/deploy holds them against the app's. */
const shortNames = ['core', 'ultra', 'sd3.5'];
/** These need no rights on AWS. */
const ofOpenAi = /^(gpt-image|openai)\b/;

interface PolicyDocument {
  Statement: { Sid: string }[];
}

/** The rights of the app: of the one policy that this stack, the Terraform module and docs/setup.md share, what it needs. */
export function createRights(stack: Stack, bucket: Bucket, settings: Settings): Policy {
  const { environment, modelArns, unpickedDays } = settings;
  const {
    BEDROCK_REGION: bedrockRegion = 'us-west-2',
    GUARDRAIL_ID: guardrail = '',
    POST_ANALYSIS,
    IMAGE_OPERATIONS,
    PROMPT_MODEL = defaultWriter,
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
    WritePrompts: PROMPT_MODEL === defaultWriter,
    CheckPrompts: guardrail !== '',
    TagImages: unpickedDays !== undefined,
    DoctorAsksAboutLifecycle: false, // the doctor runs elsewhere
    DoctorAsksAboutModels: false,
  };
  const template = readFileSync(join(repository, 'deploy', 'policy.json'), 'utf8');
  const filled = template.replaceAll(/\$\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);
  const document: PolicyDocument = JSON.parse(filled);
  const statements = document.Statement.filter(({ Sid }) => isNeeded[Sid] ?? true);
  refuseUncovered(filled, settings);
  const further = { Sid: 'UseFurtherModels', Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: modelArns };
  const policy = new Policy(stack, 'AppRights', {
    statements: [...statements, ...(modelArns.length > 0 ? [further] : [])].map((statement) =>
      PolicyStatement.fromJson(statement),
    ),
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

/** The app would start with settings that go beyond its rights, and every call would be denied. */
function refuseUncovered(policy: string, { environment, modelArns }: Settings): void {
  const { IMAGE_MODEL = 'core', PROMPT_MODEL = defaultWriter, BEDROCK_REGION: region = 'us-west-2' } = environment;
  const added = modelArns.flatMap((arn) => [arn, arn.slice(arn.lastIndexOf('/') + 1)]);
  const covers: Record<string, boolean> = {
    IMAGE_MODEL: shortNames.includes(IMAGE_MODEL) || ofOpenAi.test(IMAGE_MODEL) || policy.includes(`/${IMAGE_MODEL}"`),
    PROMPT_MODEL: PROMPT_MODEL === 'off' || PROMPT_MODEL === defaultWriter,
  };
  for (const [name, model] of Object.entries({ IMAGE_MODEL, PROMPT_MODEL })) {
    if (covers[name] || added.includes(model)) continue;
    throw new SettingError(
      `modelArns: the rights do not cover the ${name} ${model}. Set its ARN and, for an inference profile, those of its models too.`,
    );
  }
  const isServed = policy.includes(`:${region}::foundation-model/${defaultWriter.replace('us.', '')}"`);
  if (PROMPT_MODEL === defaultWriter && !isServed) {
    throw new SettingError(
      `environment: ${defaultWriter} cannot be called from ${region}. Set PROMPT_MODEL to off or to another model.`,
    );
  }
}

function idOf(stack: Stack, bucket: Bucket): string {
  const resource = bucket.node.defaultChild;
  return CfnElement.isCfnElement(resource) ? stack.getLogicalId(resource) : '';
}
