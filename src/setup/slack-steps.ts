import { judgeSetting } from '../config.js';
import { type CheckResult, fix } from '../core/check-result.js';
import { ConfigurationError } from '../core/errors.js';
import { type Check, runCheck } from '../doctor/check.js';
import { secretNote } from '../doctor/check-parts.js';
import { createAppTokenCheck, createBotTokenCheck } from '../doctor/token-checks.js';
import { createLog } from '../observability/log.js';
import { createBoltLogger, createWebClients } from '../slack/api/web-clients.js';
import { createAppAddress } from './manifest.js';
import { judgeName, judgeUrl } from './options.js';
import type { Setup } from './setup.js';

type TokenName = 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN' | 'SLACK_SIGNING_SECRET';

const whereTo: Record<TokenName, string> = {
  SLACK_BOT_TOKEN: 'Bot User OAuth Token (xoxb-…): Install App, after Install to Workspace',
  SLACK_APP_TOKEN:
    'App-level token (xapp-…): Basic Information → App-Level Tokens → Generate, with the scope connections:write',
  SLACK_SIGNING_SECRET: 'Signing Secret: Basic Information → App Credentials',
};

/** The app on Slack's side, from the manifest. Resolves to whether there is a new one. */
export async function createSlackApp(setup: Setup, isDecided = false): Promise<boolean> {
  const { dialog, options, known } = setup;
  dialog.step('Slack: an app of your own, made from a manifest.');
  const isWanted = isDecided || (await dialog.confirm('Create a new Slack app?', !known('SLACK_BOT_TOKEN')));
  const mode = await chooseMode(setup, isWanted);
  const command = await chooseCommand(setup);
  if (!isWanted) return false;
  const askName = { name: '--name', message: 'What is it called?', initial: 'Imagine', judge: judgeName };
  const name = options.flags.name ?? (await dialog.ask(askName));
  const askUrl = { name: '--url', message: 'The public address of your app (https://…)', judge: judgeUrl };
  const url = mode === 'http' ? (options.flags.url ?? (await dialog.ask(askUrl))) : undefined;
  const address = createAppAddress({ name, command, url, readsFiles: known('IMAGE_INPUT') === 'on' });
  dialog.step('Open this address, choose your workspace and press Create. Then press Install to Workspace.');
  dialog.print(address);
  if (options.isAttended && options.opensBrowser && (await dialog.confirm('Open it in your browser?', true))) {
    setup.openBrowser(address);
  }
  return true;
}

/** Writes down what tells the two apart: with an app token, the app opens a socket. A new app may take the other one. */
async function chooseMode({ options, dialog, known, set, answers }: Setup, isNew: boolean): Promise<'socket' | 'http'> {
  const isHttp = !known('SLACK_APP_TOKEN') && known('SLACK_SIGNING_SECRET') !== undefined;
  const before = known('SLACK_APP_TOKEN') ? 'socket' : isHttp ? 'http' : undefined;
  const socket = { value: 'socket', label: 'Socket Mode: the app needs no public address (recommended)' } as const;
  const http = { value: 'http', label: 'HTTP: behind a load balancer of yours' } as const;
  const choose = () => dialog.choose('How does Slack reach the app?', isHttp ? [http, socket] : [socket, http]);
  const mode = options.flags.mode ?? (isNew || !before ? await choose() : before);
  if (mode === 'http') set('SLACK_APP_TOKEN', '');
  answers.mode = mode;
  return mode;
}

async function chooseCommand({ options, dialog, known, set }: Setup): Promise<string> {
  const name = 'SLACK_COMMAND';
  const initial = options.flags.command ?? known(name) ?? '/imagine';
  const judge = (command: string) => judgeSetting(name, command);
  const asks = judge(initial) !== undefined || (options.asksForAll && options.flags.command === undefined);
  const command = asks ? await dialog.ask({ name, message: 'The slash command', initial, judge }) : initial;
  if (command !== '/imagine' || known(name)) set(name, command);
  return command;
}

/**
 * Each is tried at once, until Slack takes it or the person goes on without.
 * @param isAnew asks for those that are known too
 */
export async function askForTokens(setup: Setup, isAnew: boolean): Promise<void> {
  const { dialog, answers } = setup;
  dialog.step('Tokens: they stay hidden, are checked with Slack at once, and are saved only in .env.');
  await askForToken(setup, 'SLACK_BOT_TOKEN', isAnew);
  await askForToken(setup, answers.mode === 'http' ? 'SLACK_SIGNING_SECRET' : 'SLACK_APP_TOKEN', isAnew);
  await setup.save();
}

async function askForToken(setup: Setup, name: TokenName, isAnew: boolean): Promise<void> {
  const { dialog, known, set, options } = setup;
  let value = (!isAnew && known(name)) || (await paste(setup, name));
  for (;;) {
    const results = await checkToken(setup, name, value);
    dialog.tell(results);
    if (results.every(({ kind }) => kind !== 'fix')) return set(name, value);
    if (!options.isAttended) throw new ConfigurationError(['.env: nothing was written.']);
    const next = await dialog.choose('What next?', [
      { value: 'paste', label: 'Paste another one' },
      { value: 'check', label: 'Check it again, after a change on Slack’s page' },
      { value: 'keep', label: 'Continue, and fix this later' },
    ]);
    if (next === 'keep') return set(name, value);
    if (next === 'paste') value = await paste(setup, name);
  }
}

async function paste({ dialog, known }: Setup, name: TokenName): Promise<string> {
  const before = known(name);
  const message = before ? `${whereTo[name]}; press Enter to keep the one you have` : whereTo[name];
  const judge = (value: string) => (value ? judgeToken(name, value) : `paste the ${whereTo[name].split(':')[0]}`);
  return (await dialog.askSecret({ name, message, judge, isOptional: before !== undefined })) || before || '';
}

function judgeToken(name: TokenName, value: string): string | undefined {
  const isMixedUp = name === 'SLACK_SIGNING_SECRET' && /^(xox|xapp-)/.test(value);
  return isMixedUp ? 'paste the Signing Secret, not a token' : judgeSetting(name, value);
}

async function checkToken({ known }: Setup, name: TokenName, token: string): Promise<readonly CheckResult[]> {
  const problem = judgeToken(name, token);
  if (problem !== undefined) return [fix(`${name}: ${problem}.`)];
  if (name === 'SLACK_SIGNING_SECRET') return [secretNote];
  const logger = createBoltLogger(createLog('error', { write: () => undefined })); // the results say what it would
  const client = createWebClients({ botToken: token, apiUrl: known('SLACK_API_URL') }, logger).once;
  const check: Check =
    name === 'SLACK_BOT_TOKEN'
      ? createBotTokenCheck(client, known('IMAGE_INPUT') === 'on')
      : createAppTokenCheck(client);
  return runCheck(check);
}
