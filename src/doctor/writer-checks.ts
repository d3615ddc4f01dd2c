import {
  type BedrockClient,
  GetFoundationModelAvailabilityCommand,
  ResourceNotFoundException,
  ValidationException,
} from '@aws-sdk/client-bedrock';
import { type CheckResult, fix, note, ok } from '../core/check-result.js';
import { proposePrompts } from '../core/prompt/proposals.js';
import type { WriteFailure, WritePrompts } from '../core/prompt/writer.js';
import { redact } from '../observability/log.js';
import type { Check } from './check.js';
import { type AccessProblem, cannotAsk, findAccessProblems, mayNotAsk } from './model-checks.js';

interface WriterCheckOptions {
  client: BedrockClient;
  /** PROMPT_MODEL. */
  modelId: string;
  region: string;
}

/** Where a profile may be called from: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html */
const profilePrefix = /^(?<geography>us|us-gov|eu|apac|jp|au|ca|global)\./;
const regionsOf: Readonly<Record<string, RegExp>> = {
  us: /^us-(?!gov)/,
  'us-gov': /^us-gov-/,
  eu: /^eu-/,
  apac: /^ap-/,
  jp: /^ap-northeast-/,
  au: /^ap-southeast-/,
  ca: /^(?:ca|us)-/,
};
const withoutIt = 'set PROMPT_MODEL=off to do without it';

/** Whether the account may call the model that writes prompts. Costs nothing. */
export function createWriterCheck(options: WriterCheckOptions): Check {
  const { client, modelId, region } = options;
  return {
    subject: 'prompts',
    permission: { action: 'bedrock:GetFoundationModelAvailability', resource: '*' },
    whenDenied: (permission) => [mayNotAsk(permission)],
    whenUnreachable: (reason) => [cannotAsk(reason, { region })],
    explain: (error) =>
      error instanceof ValidationException || error instanceof ResourceNotFoundException
        ? tellProblem({ kind: 'not_served' }, options)
        : undefined,
    async run(abortSignal) {
      // Bedrock is asked about models, and an ARN can name anything
      if (modelId.startsWith('arn:'))
        return [note('prompts: what PROMPT_MODEL names by an ARN is not checked. Try it with --draw.')];
      const { geography = '' } = profilePrefix.exec(modelId)?.groups ?? {};
      if (regionsOf[geography]?.test(region) === false) return [tellProblem({ kind: 'not_served' }, options)];
      const command = new GetFoundationModelAvailabilityCommand({ modelId: modelId.replace(profilePrefix, '') });
      const problems = findAccessProblems(await client.send(command, { abortSignal }));
      if (problems.length === 0)
        return [
          ok(
            `prompts: this account has access to ${modelId}; \`npm run doctor -- --draw\` shows whether it may be called`,
          ),
        ];
      return problems.map((problem) => tellProblem(problem, options));
    },
  };
}

function tellProblem(problem: AccessProblem, { modelId, region }: WriterCheckOptions): CheckResult {
  const subscribe = `Let an administrator use it once, as docs/setup.md says under AWS, or ${withoutIt}.`;
  switch (problem.kind) {
    case 'not_served':
      return fix(
        `PROMPT_MODEL: Bedrock does not serve ${modelId} in ${region}. Choose another model, or ${withoutIt}.`,
      );
    case 'not_authorized':
      return fix(
        `prompts: these credentials may not call ${modelId}. Allow bedrock:InvokeModel on it, as docs/setup.md says, or ${withoutIt}.`,
      );
    case 'subscribing':
      return note(`prompts: the subscription to ${modelId} is under way. That takes up to 15 minutes.`);
    case 'subscription_failed':
      return fix(`prompts: the subscription to ${modelId} failed (${problem.reason}). ${subscribe}`);
    case 'not_subscribed':
      return fix(`prompts: this account has not subscribed to ${modelId}. ${subscribe}`);
  }
}

/** Three prompts, written as the app has them written. It costs about $0.001. */
export function createWritingCheck(write: WritePrompts, modelId: string): Check {
  return {
    subject: 'prompts',
    limitSeconds: 20,
    async run(abortSignal) {
      const task = proposePrompts({ text: 'Ein roter Fuchs im Schnee', names: [], keyPhrases: [] });
      const outcome = await write(task, abortSignal);
      if (outcome.kind === 'written') return [ok(`prompts: ${modelId} wrote three`)];
      const { cause, kind } = outcome;
      const said = cause instanceof Error ? `: ${redact(cause.message)}` : '';
      return [fix(`prompts: ${modelId} wrote none (${kind}${said}). ${writingAdvice[kind] ?? 'Try again later.'}`)];
    },
  };
}

const writingAdvice: Partial<Record<WriteFailure, string>> = {
  denied: 'Allow bedrock:InvokeModel on the profile and on its model in every Region: see docs/setup.md, under AWS.',
  throttled: 'Wait a minute and try again; look at the account’s quota for the model.',
  unusable: 'Choose a model that Converse serves with tools.',
};
