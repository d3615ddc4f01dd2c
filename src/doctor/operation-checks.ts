import {
  type BedrockClient,
  GetFoundationModelAvailabilityCommand,
  ResourceNotFoundException,
  ValidationException,
} from '@aws-sdk/client-bedrock';
import { type CheckResult, fix, note, ok } from '../core/check-result.js';
import type { ModelInfo, OperationName } from '../core/image-model.js';
import { findOperation, type Operation } from '../core/model-catalog.js';
import type { Check } from './check.js';
import { type AccessProblem, findAccessProblems } from './model-checks.js';

interface OperationsCheckOptions {
  client: BedrockClient;
  region: string;
  /** Those of the setting. */
  wanted: readonly OperationName[];
  offered: readonly Operation[];
}

/** Models that are called by an inference profile have its prefix before their own ID. */
const profilePrefix = /^us\./;

/** Whether the account may call the models of what users are offered. Costs nothing. */
export function createOperationsCheck(options: OperationsCheckOptions): Check {
  const { client, region, offered } = options;
  const onBedrock = offered.filter(({ model }) => model.family !== 'openai');
  const models = [...new Set(onBedrock.map(({ model }) => model))];
  return {
    subject: 'operations',
    permission: { action: 'bedrock:GetFoundationModelAvailability', resource: '*' },
    whenDenied: ({ action, resource }) => [
      note(
        `operations: these credentials may not ask Bedrock about the models of operations. To have them checked, allow ${action} on ${resource} in their policy.`,
      ),
    ],
    whenUnreachable: (reason) => [
      note(
        `operations: Bedrock could not be asked about the models of operations (${reason}). To have them checked, allow connections to bedrock.${region}.amazonaws.com.`,
      ),
    ],
    async run(abortSignal) {
      const asked = models.map(async (model) => {
        const problems = await askFor(client, model, abortSignal);
        return problems.map((problem) => ({ model, problem }));
      });
      const found = (await Promise.all(asked)).flat();
      const fine = onBedrock.filter((operation) => found.every(({ model }) => model !== operation.model));
      return [
        ...(fine.length > 0 ? [ok(`operations: this account may use the models of ${namesOf(fine)}`)] : []),
        ...tellProblems(found, onBedrock, region),
        ...tellMissing(options),
      ];
    },
  };
}

async function askFor(
  client: BedrockClient,
  { modelId }: ModelInfo,
  abortSignal: AbortSignal,
): Promise<AccessProblem[]> {
  const command = new GetFoundationModelAvailabilityCommand({ modelId: modelId.replace(profilePrefix, '') });
  try {
    return findAccessProblems(await client.send(command, { abortSignal }));
  } catch (error) {
    const isUnknown = error instanceof ValidationException || error instanceof ResourceNotFoundException;
    if (!isUnknown) throw error;
    return [{ kind: 'not_served' }];
  }
}

interface ModelProblem {
  model: ModelInfo;
  problem: AccessProblem;
}

/** A line for all models that have the same problem, and the same kind of ARN. */
function tellProblems(found: readonly ModelProblem[], operations: readonly Operation[], region: string): CheckResult[] {
  const groups = new Map<string, ModelProblem[]>();
  for (const one of found) {
    const key = JSON.stringify([one.problem, profilePrefix.test(one.model.modelId)]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const models = group.map(({ model }) => model);
    const lost = namesOf(operations.filter(({ model }) => models.includes(model)));
    return first ? tellProblem(first.problem, { models, lost, region }) : [];
  });
}

interface Lost {
  models: readonly ModelInfo[];
  /** What users are not to have without these models. */
  lost: string;
  region: string;
}

function tellProblem(problem: AccessProblem, { models, lost, region }: Lost): CheckResult {
  const leaveOut = `leave ${lost.includes(',') ? 'them' : 'it'} out of IMAGE_OPERATIONS`;
  const subscribe = `Let an administrator use it once, as docs/setup.md says under AWS, or ${leaveOut}.`;
  switch (problem.kind) {
    case 'not_served':
      return fix(`operations: Bedrock does not serve the models for ${lost} in ${region}. Until it does, ${leaveOut}.`);
    case 'not_authorized': {
      const arns = arnsOf(models, region);
      return fix(
        `operations: these credentials may not call the models for ${lost}. Allow bedrock:InvokeModel on ${arns}, or ${leaveOut}.`,
      );
    }
    case 'subscribing':
      return note(`operations: the subscription to the models for ${lost} is under way. That takes up to 15 minutes.`);
    case 'subscription_failed':
      return fix(`operations: the subscription to the models for ${lost} failed (${problem.reason}). ${subscribe}`);
    case 'not_subscribed':
      return fix(`operations: this account has not subscribed to the models for ${lost}. ${subscribe}`);
  }
}

/**
 * An inference profile needs both ARNs: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html
 * @param models either all of profiles or none
 */
function arnsOf(models: readonly ModelInfo[], region: string): string {
  const [{ modelId = '', regions = [] } = {}, ...others] = models;
  const id = others.length > 0 ? modelId.replace(/(?<=stability\.).*/, '*') : modelId;
  const model = `foundation-model/${id.replace(profilePrefix, '')}`;
  if (!profilePrefix.test(id)) return `arn:aws:bedrock:${region}::${model}`;
  const profile = `arn:aws:bedrock:${region}:YOUR-ACCOUNT:inference-profile/${id}`;
  return `${profile} and, for ${regions.join(', ')}, on arn:aws:bedrock:*::${model}`;
}

/** What the setting names and the Region does not have: users are not offered it, and nothing else says so. */
function tellMissing({ wanted, offered, region }: OperationsCheckOptions): CheckResult[] {
  const missing = wanted.map(findOperation).filter(({ name, model }) => {
    return model.family !== 'openai' && offered.every((operation) => operation.name !== name);
  });
  if (missing.length === 0) return [];
  return [note(`operations: ${region} has no model for ${namesOf(missing)}, so users are not offered it.`)];
}

const namesOf = (operations: readonly Operation[]): string => operations.map(({ name }) => name).join(', ');
