import { parseArgs } from 'node:util';
import { BedrockClient } from '@aws-sdk/client-bedrock';
import { ComprehendClient } from '@aws-sdk/client-comprehend';
import { createBucket, createModels, createQueues } from './app.js';
import { type Config, loadConfig } from './config.js';
import { type CheckResult, createReport, createRunCheck, fix, note, ok, type RunCheck } from './core/check-result.js';
import { ConfigurationError } from './core/errors.js';
import { examineBucket } from './doctor/bucket-check.js';
import { createComprehendChecks } from './doctor/comprehend-check.js';
import { createDrawingCheck } from './doctor/drawing-check.js';
import { createLinkLifeCheck } from './doctor/link-life-check.js';
import { createModelAccessCheck, createModelCheck } from './doctor/model-check.js';
import { createAppTokenCheck, createBotTokenCheck } from './doctor/token-checks.js';
import { createLog } from './observability/log.js';
import { createWebClients } from './slack/api/web-clients.js';
import { createBoltLogger } from './slack/app/bolt-logger.js';

/*
 * `npm run doctor`: looks at a set-up from the settings to the model, and says what to do. `-- --draw` pays for one
 * image to be sure of the model.
 */

/** One part of the set-up; the parts are looked at side by side. */
type Examination = (run: RunCheck) => Promise<readonly CheckResult[]>;

function examinations(config: Config, draw: boolean): Examination[] {
  return [
    (run) => examineSlack(config, run),
    (run) => examineStorage(config, run),
    ...(config.postAnalysis === 'comprehend' ? [(run: RunCheck) => examineComprehend(config, run)] : []),
    (run) => examineModel(config, draw, run),
  ];
}

async function examineSlack({ slack: { transport, ...connection } }: Config, run: RunCheck) {
  const logger = createBoltLogger(createLog('error', { write: () => undefined })); // what it would say, the findings say
  const clientOf = (token: string) => createWebClients({ ...connection, botToken: token }, logger).once;
  const botToken = run(createBotTokenCheck(clientOf(connection.botToken)));
  const wayIn =
    transport.kind === 'socket'
      ? run(createAppTokenCheck(clientOf(transport.appToken)))
      : [note('Slack: the signing secret proves itself only when Slack calls. Type the command to see.')];
  return (await Promise.all([botToken, wayIn])).flat();
}

async function examineStorage(config: Config, run: RunCheck) {
  const { client, signingClient, bucket } = createBucket(config);
  const hasPublicEndpoint = config.s3.publicEndpoint !== undefined;
  const { expiresSeconds: previewExpiresSeconds } = config.preview;
  const found = await Promise.all([
    run(createLinkLifeCheck({ client: signingClient, previewExpiresSeconds, now })),
    examineBucket({ client, signingClient, bucket, hasPublicEndpoint }, run),
  ]);
  return found.flat();
}

async function examineComprehend({ s3: { region } }: Config, run: RunCheck) {
  return (await Promise.all(createComprehendChecks(new ComprehendClient({ region })).map(run))).flat();
}

async function examineModel(config: Config, draw: boolean, run: RunCheck) {
  const { modelInfo, bedrockRegion } = config.model;
  const options = { client: new BedrockClient({ region: bedrockRegion }), modelInfo, bedrockRegion, now };
  const drawing = draw
    ? [createDrawingCheck({ ...config.model, generateImage: createQueues(config, createModels(config)).generate })]
    : [];
  const onBedrock =
    modelInfo.provider === 'bedrock' ? [createModelCheck(options), createModelAccessCheck(options)] : [];
  const checks = [...onBedrock, ...drawing];
  return (await Promise.all(checks.map(run))).flat();
}

const now = () => new Date();

async function main(): Promise<0 | 1> {
  const report = createReport(console.log);
  try {
    const { draw } = readWords();
    const config = loadConfig();
    report.tell([ok('settings: all there and well formed')]);
    const run = createRunCheck((seconds) => AbortSignal.timeout(seconds * 1000));
    const parts = examinations(config, draw).map((examine) => examine(run));
    for (const part of parts) report.tell(await part);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    report.tell([...error.problems.map(fix), note('The rest can be checked once the settings are right.')]);
  }
  return report.conclude();
}

function readWords(): { draw: boolean } {
  try {
    return parseArgs({ options: { draw: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    throw new ConfigurationError([`${error instanceof Error ? error.message : error} Only --draw is known.`]);
  }
}

process.exit(await main()); // connections that are kept alive would hold the process
