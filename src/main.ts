import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { type Config, loadConfig } from './config.js';
import { ConfigurationError } from './core/errors.js';
import type { Log } from './core/log.js';
import { createLog } from './create-log.js';
import { createServices, type Services } from './services.js';

/** After the longest picture there is still its storing and showing to do. */
const graceSeconds = 30;

async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLog(config.logLevel);
  const services = await createServices(config, log);
  await services.slack.start();
  services.sweep.start();
  log.info('ready', { transport: config.slack.transport.kind, model: config.model.facts.modelId });
  const signal = await Promise.race(['SIGTERM', 'SIGINT'].map((name) => once(process, name).then(() => name)));
  log.info('stopping', { signal });
  await stop(services, config, log);
}

/** Takes nothing new, finishes what runs, within bounds. */
async function stop({ slack, sweep, idle }: Services, config: Config, log: Log): Promise<void> {
  const tooLate = wait((config.model.timeoutSeconds + graceSeconds) * 1000, 'unfinished', { ref: false });
  const outcome = await Promise.race([Promise.all([slack.stop(), sweep.stop()]).then(idle), tooLate]);
  if (outcome === 'unfinished') log.warn('stopped with batches unfinished; the next start goes on with them');
  else log.info('stopped');
}

try {
  await main();
  process.exit(0);
} catch (error) {
  tellOperator(error);
  process.exit(1);
}

/** Settings are explained in plain lines, the rest in one line of the log's own form. */
function tellOperator(error: unknown): void {
  if (error instanceof ConfigurationError) {
    console.error(`Imagine cannot start:\n${error.problems.map((problem) => `  ${problem}`).join('\n')}`);
  } else {
    createLog('error').error('cannot start', { error });
  }
}
