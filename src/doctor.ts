import { parseArgs } from 'node:util';
import { BedrockClient } from '@aws-sdk/client-bedrock';
import { ComprehendClient } from '@aws-sdk/client-comprehend';
import { ulid } from 'ulid';
import { createBucket, createModels, createQueues } from './app.js';
import { judgeLinkLife } from './aws/s3-client.js';
import { type Config, loadConfig } from './config.js';
import { type CheckResult, fix, note, ok } from './core/check-result.js';
import { ConfigurationError } from './core/errors.js';
import { checkBucketAccess } from './doctor/bucket-check.js';
import { type Check, createAwsCheck, createReport, runCheck } from './doctor/check.js';
import { createComprehendChecks } from './doctor/comprehend-check.js';
import { canaryKeyOf } from './doctor/links-check.js';
import { createDrawingCheck, createModelAccessCheck, createModelCheck } from './doctor/model-check.js';
import { createAppTokenCheck, createBotTokenCheck } from './doctor/token-checks.js';
import { createLog } from './observability/log.js';
import { createBoltLogger, createWebClients } from './slack/api/web-clients.js';

/*
 * `npm run doctor`: checks the setup from the settings to the model, and says what to do. `-- --draw` pays for one image
 * to be sure of the model.
 */

type Results = Promise<readonly CheckResult[]>;

/** The parts of the setup, checked side by side. */
function checkParts(config: Config, draw: boolean): Results[] {
  return [
    checkSlack(config),
    checkStorage(config),
    ...(config.postAnalysis === 'comprehend' ? [checkComprehend(config)] : []),
    checkModel(config, draw),
  ];
}

async function runAll(checks: readonly Check[]): Results {
  return (await Promise.all(checks.map((check) => runCheck(check)))).flat();
}

async function checkSlack({ slack: { transport, ...connection } }: Config): Results {
  const logger = createBoltLogger(createLog('error', { write: () => undefined })); // the results say what it would
  const clientOf = (token: string) => createWebClients({ ...connection, botToken: token }, logger).once;
  const checks = [createBotTokenCheck(clientOf(connection.botToken))];
  if (transport.kind === 'socket') return runAll([...checks, createAppTokenCheck(clientOf(transport.appToken))]);
  const secret = note('Slack: the signing secret proves itself only when Slack calls. Type the command to see.');
  return [...(await runAll(checks)), secret];
}

async function checkStorage(config: Config): Results {
  const { client, signingClient, bucket } = createBucket(config);
  const hasPublicEndpoint = config.s3.publicEndpoint !== undefined;
  const linkLife = createAwsCheck({
    subject: 'credentials',
    run: async () => [await judgeLinkLife(signingClient, config.preview.expiresSeconds, now())],
  });
  const results = await Promise.all([
    runCheck(linkLife),
    checkBucketAccess({ client, signingClient, bucket, hasPublicEndpoint, canaryKey: canaryKeyOf(ulid()) }),
  ]);
  return results.flat();
}

function checkComprehend({ s3: { region } }: Config): Results {
  return runAll(createComprehendChecks(new ComprehendClient({ region })));
}

function checkModel(config: Config, draw: boolean): Results {
  const { modelInfo, bedrockRegion } = config.model;
  const options = { client: new BedrockClient({ region: bedrockRegion }), modelInfo, bedrockRegion, now };
  const drawing = draw
    ? [createDrawingCheck({ ...config.model, generateImage: createQueues(config, createModels(config)).generate })]
    : [];
  const onBedrock = modelInfo.family !== 'openai' ? [createModelCheck(options), createModelAccessCheck(options)] : [];
  return runAll([...onBedrock, ...drawing]);
}

const now = () => new Date();

async function main(): Promise<0 | 1> {
  const report = createReport(console.log);
  try {
    const { draw } = readArguments();
    const config = loadConfig();
    report.add([ok('settings: all there and well formed')]);
    for (const results of checkParts(config, draw)) report.add(await results);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    report.add([...error.problems.map(fix), note('The rest can be checked once the settings are right.')]);
  }
  return report.conclude();
}

function readArguments(): { draw: boolean } {
  try {
    return parseArgs({ options: { draw: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    throw new ConfigurationError([`${error instanceof Error ? error.message : error} Only --draw is known.`]);
  }
}

process.exit(await main()); // connections that are kept alive would hold the process
