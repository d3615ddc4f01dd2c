import { loadConfig } from './config.js';
import { type CheckResult, fix, note, ok } from './core/check-result.js';
import { ConfigurationError } from './core/errors.js';
import type { Results } from './doctor/check.js';
import { checkParts } from './doctor/check-parts.js';
import { inSummary, splitSubject, toLine } from './doctor/report.js';
import { redact } from './observability/log.js';

/*
 * `npm run doctor`: checks the setup from the settings to the model, and says what to do. `-- --draw` pays for one image
 * to be sure of the model; `-- --json` writes one document instead of lines.
 */

const options = ['--draw', '--json'];

/** Reports each result once, as several checks can meet the same problem. Resolves to the exit status. */
async function main(): Promise<0 | 1> {
  const words = process.argv.slice(2);
  const isJson = words.includes('--json');
  const found = new Map<string, CheckResult>();
  function report(results: Results): void {
    for (const result of results) {
      const line = toLine(result);
      if (!found.has(line) && !isJson) console.log(line);
      found.set(line, result);
    }
  }
  // Node would print them between the results, as it does with the AWS SDK's about Node's age.
  process.removeAllListeners('warning');
  process.on('warning', ({ message }) => report([note(`Node warns: ${redact(message.replaceAll(/\s+/g, ' '))}`)]));
  try {
    const unknown = words.find((word) => !options.includes(word));
    if (unknown !== undefined) {
      throw new ConfigurationError([`Unknown option '${unknown}'. Only --draw and --json are known.`]);
    }
    const config = loadConfig();
    report([ok('settings: all there and well formed')]);
    for (const results of checkParts(config, words.includes('--draw'))) report(await results);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    report([...error.problems.map(fix), note('The rest can be checked once the settings are right.')]);
  }
  const problems = [...found.values()].filter(({ kind }) => kind === 'fix').length;
  const results = [...found.values()].map(splitSubject);
  if (isJson) console.log(JSON.stringify({ problems, results }, undefined, 2));
  else console.log(`\n${inSummary(problems)}`);
  return problems === 0 ? 0 : 1;
}

process.exit(await main()); // connections that are kept alive would hold the process
