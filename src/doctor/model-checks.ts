import {
  type BedrockClient,
  type FoundationModelLifecycle,
  GetFoundationModelAvailabilityCommand,
  type GetFoundationModelAvailabilityResponse,
  GetFoundationModelCommand,
  ResourceNotFoundException,
  ValidationException,
} from '@aws-sdk/client-bedrock';
import type { Config } from '../config.js';
import { type CheckResult, fix, note, ok } from '../core/check-result.js';
import { type FailureReason, ImageModelError } from '../core/errors.js';
import { defaultAspectRatio, type GenerateImage, type ModelInfo } from '../core/image-model.js';
import { redact } from '../observability/log.js';
import type { Check, Permission } from './check.js';

interface ModelCheckOptions {
  client: BedrockClient;
  region: string;
  modelInfo: ModelInfo;
  now: Date;
}

/** Whether Bedrock serves the model in this Region, for how much longer, and whether the account may call it. Costs nothing. */
export function createModelChecks(options: ModelCheckOptions): Check[] {
  const { client, modelInfo } = options;
  const { modelId } = modelInfo;
  // Both errors are documented; which of them a Region without the model answers is not.
  const explain = (error: unknown) =>
    error instanceof ValidationException || error instanceof ResourceNotFoundException ? notServed(options) : undefined;
  return [
    {
      subject: 'model',
      permission: { action: 'bedrock:GetFoundationModel', resource: '*' },
      whenDenied: (permission) => [mayNotAsk(permission), ...judgeByTable(options)],
      whenUnreachable: (reason) => [cannotAsk(reason, options), ...judgeByTable(options)],
      explain,
      async run(abortSignal) {
        const command = new GetFoundationModelCommand({ modelIdentifier: modelId });
        const { modelDetails } = await client.send(command, { abortSignal });
        return judgeLifecycle(modelDetails?.modelLifecycle, options);
      },
    },
    {
      subject: 'model access',
      permission: { action: 'bedrock:GetFoundationModelAvailability', resource: '*' },
      whenDenied: (permission) => [mayNotAsk(permission)],
      whenUnreachable: (reason) => [cannotAsk(reason, options)],
      explain,
      async run(abortSignal) {
        const command = new GetFoundationModelAvailabilityCommand({ modelId });
        return judgeAvailability(await client.send(command, { abortSignal }), options);
      },
    },
  ];
}

/** The app draws without these rights: only the doctor wants them. */
export function mayNotAsk({ action, resource }: Permission): CheckResult {
  return note(
    `model: these credentials may not ask Bedrock about the model. To have it checked, allow ${action} on ${resource} in their policy, or try an image with --draw.`,
  );
}

/** The app draws at another address, that of the runtime: only the doctor asks here. */
export function cannotAsk(reason: string, { region }: Pick<ModelCheckOptions, 'region'>): CheckResult {
  return note(
    `model: Bedrock could not be asked about the model (${reason}). Drawing needs another address: try an image with --draw. To have the model checked, set AWS_ENDPOINT_URL_BEDROCK or allow connections to bedrock.${region}.amazonaws.com.`,
  );
}

/** What we know without asking. */
function judgeByTable(options: ModelCheckOptions): CheckResult[] {
  const { state, regions } = options.modelInfo;
  const isKnownElsewhere = regions.length > 0 && !regions.includes(options.region);
  return state.kind === 'retired' || isKnownElsewhere ? [notServed(options)] : [];
}

function notServed({ modelInfo, region }: ModelCheckOptions): CheckResult {
  const { label, state, regions } = modelInfo;
  if (state.kind === 'retired') return hasEnded(modelInfo, state.since);
  const advice = regions.length > 0 ? `Set it to ${regions.join(' or ')}` : 'Set it to a Region that has the model';
  return fix(`BEDROCK_REGION: Bedrock does not serve ${label} in ${region}. ${advice}, or choose another model.`);
}

function hasEnded({ label, state }: ModelInfo, day: string): CheckResult {
  const advice = state.kind === 'retired' ? `Use ${state.successor}.` : 'Choose another model.';
  return fix(`IMAGE_MODEL: ${label} reached its end of life on ${day}. ${advice}`);
}

function judgeLifecycle(lifecycle: FoundationModelLifecycle | undefined, options: ModelCheckOptions): CheckResult[] {
  const { modelInfo, region, now } = options;
  const { label } = modelInfo;
  const served = ok(`model: Bedrock serves ${label} in ${region}`);
  const end = lifecycle?.endOfLifeTime;
  const day = end?.toISOString().slice(0, 10);
  if (end && day && end <= now) return [hasEnded(modelInfo, day)];
  if (lifecycle?.status === 'LEGACY') {
    const ends = day ? ` and ends on ${day}` : '';
    return [served, note(`model: ${label} is Legacy${ends}: AWS takes it from accounts that have not used it lately.`)];
  }
  return day ? [served, note(`model: ${label} ends on ${day}.`)] : [served];
}

/** Why an account cannot call a model. */
export type AccessProblem =
  | { kind: 'not_served' | 'not_authorized' | 'subscribing' | 'not_subscribed' }
  | { kind: 'subscription_failed'; reason: string };

export function findAccessProblems(answer: GetFoundationModelAvailabilityResponse): AccessProblem[] {
  const { regionAvailability, authorizationStatus, agreementAvailability, entitlementAvailability } = answer;
  if (regionAvailability === 'NOT_AVAILABLE') return [{ kind: 'not_served' }];
  const problems: AccessProblem[] = authorizationStatus === 'NOT_AUTHORIZED' ? [{ kind: 'not_authorized' }] : [];
  const { status, errorMessage = 'no reason given' } = agreementAvailability ?? {};
  if (status === 'PENDING') problems.push({ kind: 'subscribing' });
  else if (status === 'ERROR') problems.push({ kind: 'subscription_failed', reason: redact(errorMessage) });
  else if (status === 'NOT_AVAILABLE' || entitlementAvailability === 'NOT_AVAILABLE')
    problems.push({ kind: 'not_subscribed' });
  return problems;
}

function judgeAvailability(answer: GetFoundationModelAvailabilityResponse, options: ModelCheckOptions): CheckResult[] {
  const problems = findAccessProblems(answer);
  if (problems.length === 0) return [ok(`model access: this account may use ${options.modelInfo.label}`)];
  return problems.map((problem) => tellProblem(problem, options));
}

function tellProblem(problem: AccessProblem, options: ModelCheckOptions): CheckResult {
  const subscribe = 'Let an administrator call it once: docs/setup.md says how, under AWS.';
  const arn = `arn:aws:bedrock:${options.region}::foundation-model/${options.modelInfo.modelId}`;
  switch (problem.kind) {
    case 'not_served':
      return notServed(options);
    case 'not_authorized':
      return fix(`model access: these credentials may not call the model. Allow bedrock:InvokeModel on ${arn}.`);
    case 'subscribing':
      return note('model access: the subscription to the model is under way. That takes up to 15 minutes.');
    case 'subscription_failed':
      return fix(`model access: the subscription to the model failed (${problem.reason}). ${subscribe}`);
    case 'not_subscribed':
      return fix(`model access: this account has not subscribed to the model. ${subscribe}`);
  }
}

/** One image, drawn the way the app draws. It costs what an image costs. */
export function createDrawingCheck(config: Config, generateImage: GenerateImage): Check {
  const { label, seedRange } = config.IMAGE_MODEL;
  return {
    subject: 'model',
    limitSeconds: config.GENERATION_TIMEOUT_SECONDS + 1, // the model's own deadline comes first and says more
    async run() {
      const abortSignal = AbortSignal.timeout(config.GENERATION_TIMEOUT_SECONDS * 1000);
      const request = { prompt: 'a red fox', aspectRatio: defaultAspectRatio, seed: seedRange.min, abortSignal };
      const { bytes, mediaType } = await generateImage(request);
      return [ok(`model: ${label} drew an image (${mediaType}, ${bytes.length} bytes)`)];
    },
    explain(error) {
      if (!(error instanceof ImageModelError)) return undefined;
      const { reason, message, cause } = error;
      const said = cause instanceof Error ? `: ${redact(cause.message)}` : '';
      const advice = drawingAdvice[reason] ?? 'Try again; if it stays so, look at the AWS health page.';
      return fix(`model: ${label} drew no image (${reason}, ${message}${said}). ${advice}`);
    },
  };
}

const drawingAdvice: Partial<Record<FailureReason, string>> = {
  denied: 'Allow bedrock:InvokeModel on the model, and subscribe to it: docs/setup.md says how, under AWS.',
  retired: 'Set IMAGE_MODEL to a model that is still served.',
  rejected: 'Do IMAGE_MODEL and BEDROCK_REGION fit each other?',
  throttled: 'Wait a minute and try again; look at the account’s quota for the model.',
};
