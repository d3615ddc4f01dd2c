import {
  type BedrockClient,
  type FoundationModelLifecycle,
  GetFoundationModelAvailabilityCommand,
  type GetFoundationModelAvailabilityResponse,
  GetFoundationModelCommand,
  ResourceNotFoundException,
  ValidationException,
} from '@aws-sdk/client-bedrock';
import { type CheckResult, fix, note, ok } from '../core/check-result.js';
import { ImageModelError } from '../core/errors.js';
import {
  defaultAspectRatio,
  type GeneratedImage,
  type ImageModelRequest,
  type ModelInfo,
} from '../core/image-model.js';
import { redact } from '../observability/log.js';
import { type Check, createAwsCheck, type Permission } from './check.js';

export interface ModelCheckOptions {
  client: BedrockClient;
  modelInfo: ModelInfo;
  bedrockRegion: string;
  now: () => Date;
}

/** Whether Bedrock serves the model in this Region, and for how much longer. Costs nothing. */
export function createModelCheck(options: ModelCheckOptions): Check {
  const { client, modelInfo, bedrockRegion, now } = options;
  const { modelId: modelIdentifier } = modelInfo;
  return createAwsCheck({
    subject: 'model',
    permission: { action: 'bedrock:GetFoundationModel', resource: '*' },
    whenDenied: (permission) => [mayNotAsk(permission), ...judgeByTable(options)],
    whenUnreachable: (reason) => [cannotAsk(reason, options), ...judgeByTable(options)],
    explain: (error) => explainUnknownModel(error, options),
    async run(abortSignal) {
      const answer = await client.send(new GetFoundationModelCommand({ modelIdentifier }), { abortSignal });
      const served = ok(`model: Bedrock serves ${modelInfo.label} in ${bedrockRegion}`);
      const ends = judgeLifecycle(answer.modelDetails?.modelLifecycle, modelInfo, now());
      return ends?.kind === 'fix' ? [ends] : [served, ...(ends ? [ends] : [])];
    },
  });
}

/** Whether the account has subscribed to the model and these credentials may call it. Costs nothing. */
export function createModelAccessCheck(options: ModelCheckOptions): Check {
  const { client, modelInfo, bedrockRegion } = options;
  return createAwsCheck({
    subject: 'model access',
    permission: { action: 'bedrock:GetFoundationModelAvailability', resource: '*' },
    whenDenied: (permission) => [mayNotAsk(permission)],
    whenUnreachable: (reason) => [cannotAsk(reason, options)],
    explain: (error) => explainUnknownModel(error, options),
    async run(abortSignal) {
      const command = new GetFoundationModelAvailabilityCommand({ modelId: modelInfo.modelId });
      return judgeAvailability(await client.send(command, { abortSignal }), modelInfo, bedrockRegion);
    },
  });
}

/** The app draws without these rights: only the doctor wants them. */
function mayNotAsk({ action, resource }: Permission): CheckResult {
  return note(
    `model: these credentials may not ask Bedrock about the model. To have it checked, allow ${action} on ${resource} in their policy, or try an image with --draw.`,
  );
}

/** The app draws at another address, that of the runtime: only the doctor asks here. */
function cannotAsk(reason: string, { bedrockRegion }: ModelCheckOptions): CheckResult {
  return note(
    `model: Bedrock could not be asked about the model (${reason}). Drawing needs another address: try an image with --draw. To have the model checked, set AWS_ENDPOINT_URL_BEDROCK or allow connections to bedrock.${bedrockRegion}.amazonaws.com.`,
  );
}

/** What we know without asking. */
function judgeByTable({ modelInfo, bedrockRegion }: ModelCheckOptions): CheckResult[] {
  if (modelInfo.state.kind === 'retired') return [hasEnded(modelInfo, modelInfo.state.since)];
  const isKnownElsewhere = modelInfo.regions.length > 0 && !modelInfo.regions.includes(bedrockRegion);
  return isKnownElsewhere ? [notServed(modelInfo, bedrockRegion)] : [];
}

/** Both errors are documented; which of them a Region without the model answers is not. */
function explainUnknownModel(error: Error, { modelInfo, bedrockRegion }: ModelCheckOptions): CheckResult | undefined {
  if (!(error instanceof ValidationException || error instanceof ResourceNotFoundException)) return undefined;
  return modelInfo.state.kind === 'retired'
    ? hasEnded(modelInfo, modelInfo.state.since)
    : notServed(modelInfo, bedrockRegion);
}

function notServed({ label, regions }: ModelInfo, bedrockRegion: string): CheckResult {
  const advice = regions.length > 0 ? `Set it to ${regions.join(' or ')}` : 'Set it to a Region that has the model';
  return fix(
    `BEDROCK_REGION: Bedrock does not serve ${label} in ${bedrockRegion}. ${advice}, or choose another model.`,
  );
}

function hasEnded({ label, state }: ModelInfo, day: string): CheckResult {
  const advice = state.kind === 'retired' ? `Use ${state.successor}.` : 'Choose another model.';
  return fix(`IMAGE_MODEL: ${label} reached its end of life on ${day}. ${advice}`);
}

function judgeLifecycle(
  lifecycle: FoundationModelLifecycle | undefined,
  modelInfo: ModelInfo,
  now: Date,
): CheckResult | undefined {
  const { status, endOfLifeTime } = lifecycle ?? {};
  const day = endOfLifeTime?.toISOString().slice(0, 10);
  if (day && endOfLifeTime && endOfLifeTime <= now) return hasEnded(modelInfo, day);
  if (status === 'LEGACY') {
    const end = day ? ` and ends on ${day}` : '';
    return note(`model: ${modelInfo.label} is Legacy${end}: AWS takes it from accounts that have not used it lately.`);
  }
  return day ? note(`model: ${modelInfo.label} ends on ${day}.`) : undefined;
}

function judgeAvailability(
  { agreementAvailability, ...answer }: GetFoundationModelAvailabilityResponse,
  modelInfo: ModelInfo,
  bedrockRegion: string,
): CheckResult[] {
  if (answer.regionAvailability === 'NOT_AVAILABLE') return [notServed(modelInfo, bedrockRegion)];
  const results: CheckResult[] = [];
  if (answer.authorizationStatus === 'NOT_AUTHORIZED') {
    const arn = `arn:aws:bedrock:${bedrockRegion}::foundation-model/${modelInfo.modelId}`;
    results.push(fix(`model access: these credentials may not call the model. Allow bedrock:InvokeModel on ${arn}.`));
  }
  const { status, errorMessage = 'no reason given' } = agreementAvailability ?? {};
  if (status === 'PENDING') {
    results.push(note('model access: the subscription to the model is under way. That takes up to 15 minutes.'));
  } else if (status === 'ERROR') {
    results.push(fix(`model access: the subscription to the model failed (${redact(errorMessage)}). ${subscribe}`));
  } else if (status === 'NOT_AVAILABLE' || answer.entitlementAvailability === 'NOT_AVAILABLE') {
    results.push(fix(`model access: this account has not subscribed to the model. ${subscribe}`));
  }
  return results.length > 0 ? results : [ok(`model access: this account may use ${modelInfo.label}`)];
}

const subscribe = 'Let an administrator call it once: docs/setup.md says how, under AWS.';

export interface DrawingCheckOptions {
  modelInfo: ModelInfo;
  generateImage(modelId: string, request: Omit<ImageModelRequest, 'abortSignal'>): Promise<GeneratedImage>;
  /** The deadline that the app gives an image. */
  timeoutSeconds: number;
}

/** One image, drawn the way the app draws. It costs what an image costs. */
export function createDrawingCheck({ modelInfo, generateImage, timeoutSeconds }: DrawingCheckOptions): Check {
  const { label, seedRange } = modelInfo;
  return {
    subject: 'model',
    limitSeconds: timeoutSeconds + 1, // the model's own deadline comes first and says more
    async run() {
      try {
        const request = { prompt: 'a red fox', aspectRatio: defaultAspectRatio, seed: seedRange.min };
        const { bytes, mediaType } = await generateImage(modelInfo.modelId, request);
        return [ok(`model: ${label} drew an image (${mediaType}, ${bytes.length} bytes)`)];
      } catch (error) {
        if (!(error instanceof ImageModelError)) throw error;
        const said = error.cause instanceof Error ? `: ${redact(error.cause.message)}` : '';
        return [fix(`model: ${label} drew no image (${error.reason}, ${error.message}${said}). ${adviceOn(error)}`)];
      }
    },
  };
}

function adviceOn({ reason }: ImageModelError): string {
  switch (reason) {
    case 'denied':
      return 'Allow bedrock:InvokeModel on the model, and subscribe to it: docs/setup.md says how, under AWS.';
    case 'retired':
      return 'Set IMAGE_MODEL to a model that is still served.';
    case 'rejected':
      return 'Do IMAGE_MODEL and BEDROCK_REGION fit each other?';
    case 'throttled':
      return 'Wait a minute and try again; look at the account’s quota for the model.';
    default:
      return 'Try again; if it stays so, look at the AWS health page.';
  }
}
