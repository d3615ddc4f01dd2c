import { BedrockClient } from '@aws-sdk/client-bedrock';
import { ComprehendClient } from '@aws-sdk/client-comprehend';
import { ulid } from 'ulid';
import { chooseOperations, createBucket, createImageModelOf, createWriter } from '../app.js';
import { judgeLinkLife } from '../aws/s3-client.js';
import { type Config, chooseTransport } from '../config.js';
import { note } from '../core/check-result.js';
import { createLog } from '../observability/log.js';
import { createBoltLogger, createWebClients } from '../slack/api/web-clients.js';
import { canaryKeyOf, checkObject, createLifecycleCheck, createListingCheck } from './bucket-checks.js';
import { type Results, runAll, runCheck } from './check.js';
import { createComprehendChecks } from './comprehend-checks.js';
import { createDrawingCheck, createModelChecks } from './model-checks.js';
import { createOperationsCheck } from './operation-checks.js';
import { createSheetCheck } from './sheet-check.js';
import { createAppTokenCheck, createBotTokenCheck } from './token-checks.js';
import { createWriterCheck, createWritingCheck } from './writer-checks.js';

export const secretNote = note(
  'Slack: the signing secret can be checked only when Slack calls the app. Start it and type the command.',
);

/** The parts of the setup, checked side by side. */
export function checkParts(config: Config, draw: boolean): Promise<Results>[] {
  const comprehend = new ComprehendClient({ region: config.AWS_REGION });
  return [
    checkSlack(config),
    checkStorage(config),
    runAll(config.POST_ANALYSIS === 'comprehend' ? createComprehendChecks(comprehend) : []),
    checkModel(config, draw),
    checkWriter(config, draw),
    runCheck(createSheetCheck()),
    ...(config.REDIS_URL ? [checkQueue(config.REDIS_URL)] : []),
  ];
}

async function checkQueue(url: string): Promise<Results> {
  const { checkRedis } = await import('../engine/redis.js');
  return checkRedis(url);
}

async function checkSlack(config: Config): Promise<Results> {
  const { SLACK_BOT_TOKEN, SLACK_API_URL: apiUrl } = config;
  const transport = chooseTransport(config);
  const logger = createBoltLogger(createLog('error', { write: () => undefined })); // the results say what it would
  const clientOf = (botToken: string) => createWebClients({ botToken, apiUrl }, logger).once;
  const checks = [createBotTokenCheck(clientOf(SLACK_BOT_TOKEN), config.IMAGE_INPUT === 'on')];
  if (transport.kind === 'socket') return runAll([...checks, createAppTokenCheck(clientOf(transport.appToken))]);
  return [...(await runAll(checks)), secretNote];
}

async function checkStorage(config: Config): Promise<Results> {
  const hasPublicEndpoint = config.S3_PUBLIC_ENDPOINT !== undefined;
  const tagsImages = config.TAG_IMAGES === 'on';
  const access = { ...createBucket(config), hasPublicEndpoint, tagsImages, canaryKey: canaryKeyOf(ulid()) };
  const linkLife = {
    subject: 'credentials',
    run: async () => [await judgeLinkLife(access.signingClient, config.PREVIEW_EXPIRES_SECONDS, new Date())],
  };
  const asked = [createListingCheck(access), createLifecycleCheck(access)];
  return (await Promise.all([runCheck(linkLife), checkObject(access), runAll(asked)])).flat();
}

function checkModel(config: Config, draw: boolean): Promise<Results> {
  const { IMAGE_MODEL: modelInfo, BEDROCK_REGION: region, IMAGE_OPERATIONS: wanted } = config;
  const client = new BedrockClient({ region });
  const generateImage = draw ? createImageModelOf(config)(modelInfo.modelId) : undefined;
  return runAll([
    ...(modelInfo.family !== 'openai' ? createModelChecks({ client, modelInfo, region, now: new Date() }) : []),
    createOperationsCheck({ client, region, wanted, offered: chooseOperations(config) }),
    ...(generateImage ? [createDrawingCheck(config, generateImage)] : []),
  ]);
}

function checkWriter(config: Config, draw: boolean): Promise<Results> {
  const { PROMPT_MODEL: modelId, BEDROCK_REGION: region } = config;
  const write = createWriter(config);
  if (!write) return runAll([]);
  const client = new BedrockClient({ region });
  return runAll([
    createWriterCheck({ client, modelId, region }),
    ...(draw ? [createWritingCheck(write, modelId)] : []),
  ]);
}
