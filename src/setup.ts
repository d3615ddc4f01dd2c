import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { loadVariables } from './config.js';
import { fix } from './core/check-result.js';
import { ConfigurationError } from './core/errors.js';
import { toLine } from './doctor/report.js';
import { createSilentDialog, createTerminalDialog } from './setup/dialog.js';
import { help, readGiven, readOptions } from './setup/options.js';

/*
 * `npm run setup`: from nothing to a finished `.env`, by questions or, with `-- --yes`, by flags and the environment.
 */

const needsTerminal =
  'setup: this is not a terminal, so nothing can be asked. Run it in one, or add --yes and flags: --help lists them.';

async function main(): Promise<0 | 1> {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options === 'help') {
      console.log(help);
      return 0;
    }
    const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
    if (options.isAttended && !isTerminal) throw new ConfigurationError([needsTerminal]);
    const variables = loadVariables();
    const given = options.readsTokens ? readGiven(await text(process.stdin), variables) : {};
    const { runSetup } = await import('./setup/run-setup.js'); // the whole app, which --help does without
    return await runSetup({
      dialog: options.isAttended
        ? createTerminalDialog({ input: process.stdin, output: process.stdout })
        : createSilentDialog((line) => console.log(line)),
      options,
      folder: process.cwd(),
      variables,
      given,
      interrupted: once(process, 'SIGINT'),
      openBrowser,
      random: () => randomBytes(4).toString('hex'),
    });
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    for (const problem of error.problems) console.log(toLine(fix(problem)));
    return 1;
  }
}

/** The address is printed too: on a machine without a browser, nothing happens. */
function openBrowser(address: string): void {
  const openers: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
    darwin: ['open'],
    win32: ['rundll32', 'url.dll,FileProtocolHandler'],
  };
  const [program, ...words] = openers[process.platform] ?? ['xdg-open'];
  const opened = spawn(program, [...words, address], { stdio: 'ignore', detached: true });
  opened.on('error', () => undefined);
  opened.unref();
}

// Node would print them into the questions, as it does with the AWS SDK's about Node's age. The doctor and the log tell them.
process.removeAllListeners('warning');
process.exit(await main()); // connections that are kept alive would hold the process
