import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { createServices, type Services } from './app.js';
import { type Config, chooseTransport, loadConfig } from './config.js';
import { ConfigurationError } from './core/errors.js';
import type { Log } from './core/log.js';
import { createLog } from './observability/log.js';

/** After the longest image there is still its storing and showing to do. */
const graceSeconds = 30;

/** Resolves to the exit status. */
async function main(): Promise<0 | 1> {
  const config = loadConfig();
  const log = createLog(config.LOG_LEVEL);
  logWarnings(log);
  const failed = watchFailures(log);
  const services = await createServices(config, log);
  const status = await Promise.race([failed, runUntilSignal(services, config, log)]);
  const milliseconds = (config.GENERATION_TIMEOUT_SECONDS + graceSeconds) * 1000;
  const unfinished = 'stopped with batches unfinished; the next start goes on with them';
  const outcome = await Promise.race([services.stop(), wait(milliseconds, unfinished, { ref: false })]);
  if (outcome === unfinished) log.warn(unfinished);
  else log.info('stopped');
  return status;
}

/** Node would print them as plain text between the lines of the log, as it does with the AWS SDK's about Node's age. */
function logWarnings(log: Log): void {
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message, ...rest }: Error & { code?: string }) => {
    log.warn('warning', { name, message, ...(rest.code && { code: rest.code }) });
  });
}

/**
 * What nothing caught, such as a token revoked while the socket reconnects, would otherwise end the process at once,
 * with words in its output that no log has redacted. What comes after the first is logged only: the app stops already.
 */
function watchFailures(log: Log): Promise<1> {
  return new Promise((resolve) => {
    for (const event of ['unhandledRejection', 'uncaughtException']) {
      process.on(event, (error: unknown) => {
        log.error('unhandled failure, stopping', { error });
        resolve(1);
      });
    }
  });
}

async function runUntilSignal(services: Services, config: Config, log: Log): Promise<0> {
  await services.start();
  log.info('ready', { transport: chooseTransport(config).kind, model: config.IMAGE_MODEL.modelId });
  const signal = await Promise.race(['SIGTERM', 'SIGINT'].map((name) => once(process, name).then(() => name)));
  log.info('stopping', { signal });
  return 0;
}

try {
  process.exit(await main());
} catch (error) {
  // A person reads what is wrong with the settings in plain lines; a collector of logs also gets the line that it counts.
  const isExplained = error instanceof ConfigurationError;
  if (isExplained) {
    console.error(`Imagine cannot start:\n${error.problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
  if (!isExplained || !process.stdout.isTTY) createLog('error').error('cannot start', { error });
  process.exit(1);
}
