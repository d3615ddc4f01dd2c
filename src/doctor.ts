import { BedrockClient } from '@aws-sdk/client-bedrock';
import { ComprehendClient } from '@aws-sdk/client-comprehend';
import { ulid } from 'ulid';
import { chooseOperations, createBucket, createImageModelOf, createWriter } from './app.js';
import { judgeLinkLife } from './aws/s3-client.js';
import { type Config, chooseTransport, loadConfig } from './config.js';
import { fix, note, ok } from './core/check-result.js';
import { ConfigurationError } from './core/errors.js';
import { canaryKeyOf, checkObject, createListingCheck } from './doctor/bucket-checks.js';
import { type Results, runAll, runCheck } from './doctor/check.js';
import { createComprehendChecks } from './doctor/comprehend-checks.js';
import { createDrawingCheck, createModelChecks } from './doctor/model-checks.js';
import { createOperationsCheck } from './doctor/operation-checks.js';
import { createAppTokenCheck, createBotTokenCheck } from './doctor/token-checks.js';
import { createWriterCheck, createWritingCheck } from './doctor/writer-checks.js';
import { createLog, redact } from './observability/log.js';
import { createBoltLogger, createWebClients } from './slack/api/web-clients.js';

/*
 * `npm run doctor`: checks the setup from the settings to the model, and says what to do. `-- --draw` pays for one image
 * to be sure of the model.
 */

/** The parts of the setup, checked side by side. */
function checkParts(config: Config, draw: boolean): Promise<Results>[] {
  const comprehend = new ComprehendClient({ region: config.AWS_REGION });
  return [
    checkSlack(config),
    checkStorage(config),
    runAll(config.POST_ANALYSIS === 'comprehend' ? createComprehendChecks(comprehend) : []),
    checkModel(config, draw),
    checkWriter(config, draw),
    ...(config.REDIS_URL ? [checkQueue(config.REDIS_URL)] : []),
  ];
}

async function checkQueue(url: string): Promise<Results> {
  const { checkRedis } = await import('./engine/redis.js');
  return checkRedis(url);
}

async function checkSlack(config: Config): Promise<Results> {
  const { SLACK_BOT_TOKEN, SLACK_API_URL: apiUrl } = config;
  const transport = chooseTransport(config);
  const logger = createBoltLogger(createLog('error', { write: () => undefined })); // the results say what it would
  const clientOf = (botToken: string) => createWebClients({ botToken, apiUrl }, logger).once;
  const checks = [createBotTokenCheck(clientOf(SLACK_BOT_TOKEN), config.IMAGE_INPUT === 'on')];
  if (transport.kind === 'socket') return runAll([...checks, createAppTokenCheck(clientOf(transport.appToken))]);
  const secret = note('Slack: the signing secret proves itself only when Slack calls. Type the command to see.');
  return [...(await runAll(checks)), secret];
}

async function checkStorage(config: Config): Promise<Results> {
  const hasPublicEndpoint = config.S3_PUBLIC_ENDPOINT !== undefined;
  const access = { ...createBucket(config), hasPublicEndpoint, canaryKey: canaryKeyOf(ulid()) };
  const linkLife = {
    subject: 'credentials',
    run: async () => [await judgeLinkLife(access.signingClient, config.PREVIEW_EXPIRES_SECONDS, new Date())],
  };
  const listing = createListingCheck(access);
  return (await Promise.all([runCheck(linkLife), checkObject(access), runCheck(listing)])).flat();
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

/** Writes each result once, as several checks can meet the same problem. Resolves to the exit status. */
async function main(): Promise<0 | 1> {
  const written = new Set<string>();
  function report(results: Results): void {
    for (const { kind, text } of results) {
      const line = kind.padEnd(6) + text;
      if (!written.has(line)) console.log(line);
      written.add(line);
    }
  }
  // Node would print them between the results, as it does with the AWS SDK's about Node's age.
  process.removeAllListeners('warning');
  process.on('warning', ({ message }) => report([note(`Node warns: ${redact(message.replaceAll(/\s+/g, ' '))}`)]));
  try {
    const words = process.argv.slice(2);
    const unknown = words.find((word) => word !== '--draw');
    if (unknown !== undefined) throw new ConfigurationError([`Unknown option '${unknown}'. Only --draw is known.`]);
    const config = loadConfig();
    report([ok('settings: all there and well formed')]);
    for (const results of checkParts(config, words.includes('--draw'))) report(await results);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    report([...error.problems.map(fix), note('The rest can be checked once the settings are right.')]);
  }
  const problems = [...written].filter((line) => line.startsWith('fix')).length;
  const things = ['Nothing', 'One thing'][problems] ?? `${problems} things`;
  console.log(`\n${things} to fix.`);
  return problems === 0 ? 0 : 1;
}

process.exit(await main()); // connections that are kept alive would hold the process
