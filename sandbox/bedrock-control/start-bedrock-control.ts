import { models } from '../bedrock/models.js';
import {
  AwsError,
  type CommonFault,
  type JsonService,
  type ServiceOptions,
  startJsonService,
} from '../json-service.js';
import { decodeText, type ReceivedRequest } from '../signature/received-request.js';

/** A request as faults and tests see it. */
export interface BedrockControlRequest {
  operation: 'GetFoundationModel' | 'GetFoundationModelAvailability';
  modelId: string;
  region: string;
  /** Counted from 1, over all requests that were understood. */
  number: number;
}

type BedrockControlFault =
  | CommonFault
  /** These fields of the answer instead of its own: another lifecycle, another state of the subscription. */
  | { kind: 'answer'; fields: Readonly<Record<string, unknown>> };

export type SandboxBedrockControl = JsonService<BedrockControlRequest, BedrockControlFault>;

/** Serves the part of Bedrock's control plane that SUPPORTED.md lists. */
export function startBedrockControl(options: ServiceOptions = {}): Promise<SandboxBedrockControl> {
  return startJsonService<BedrockControlRequest, BedrockControlFault>({
    ...options,
    service: 'bedrock',
    read: (request, region, number) => ({ ...readRoute(request), region, number }),
    perform(asked, fault) {
      const answer = asked.operation === 'GetFoundationModel' ? describeModel(asked) : describeAvailability(asked);
      return fault?.kind === 'answer' ? { ...answer, ...fault.fields } : answer;
    },
  });
}

function readRoute({ method, path }: ReceivedRequest): Pick<BedrockControlRequest, 'operation' | 'modelId'> {
  const [first, modelId = ''] = path.split('/').slice(1).map(decodeText);
  if (method === 'GET') {
    if (first === 'foundation-models') return { operation: 'GetFoundationModel', modelId };
    if (first === 'foundation-model-availability') return { operation: 'GetFoundationModelAvailability', modelId };
  }
  throw new AwsError('UnknownOperationException');
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetFoundationModel.html */
function describeModel(asked: BedrockControlRequest): Record<string, unknown> {
  const { modelId, region } = asked;
  const { end, profile } = findModel(asked);
  return {
    modelDetails: {
      modelArn: `arn:aws:bedrock:${region}::foundation-model/${modelId}`,
      modelId,
      modelName: modelId,
      providerName: modelId.startsWith('amazon.') ? 'Amazon' : 'Stability AI',
      inputModalities: profile ? ['TEXT', 'IMAGE'] : ['TEXT'],
      outputModalities: ['IMAGE'],
      inferenceTypesSupported: [profile ? 'INFERENCE_PROFILE' : 'ON_DEMAND'],
      modelLifecycle: end ? { status: 'LEGACY', ...end } : { status: 'ACTIVE' },
    },
  };
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetFoundationModelAvailability.html */
function describeAvailability(asked: BedrockControlRequest): Record<string, unknown> {
  findModel(asked);
  return {
    modelId: asked.modelId,
    agreementAvailability: { status: 'AVAILABLE' },
    authorizationStatus: 'AUTHORIZED',
    entitlementAvailability: 'AVAILABLE',
    regionAvailability: 'AVAILABLE',
  };
}

const unitedStates = ['us-east-1', 'us-east-2', 'us-west-2'];
const textModels: Readonly<Record<string, { regions: readonly string[]; end?: undefined; profile: true }>> = {
  'amazon.nova-2-lite-v1:0': { regions: unitedStates, profile: true },
  'anthropic.claude-haiku-4-5-20251001-v1:0': { regions: unitedStates, profile: true },
};

function findModel({ modelId, region }: BedrockControlRequest) {
  const model = models[modelId] ?? textModels[modelId];
  if (model?.regions.includes(region)) return model;
  throw new AwsError('ValidationException', 'The provided model identifier is invalid.');
}
