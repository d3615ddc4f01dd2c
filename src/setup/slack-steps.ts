import { type Config, judgeSetting } from '../config.js';
import { type CheckResult, note } from '../core/check-result.js';
import { type Check, runCheck } from '../doctor/check.js';
import { createAppTokenCheck, createBotTokenCheck } from '../doctor/token-checks.js';
import { createLog } from '../observability/log.js';
import { createBoltLogger, createWebClients } from '../slack/api/web-clients.js';
import { createAppAddress } from './manifest.js';
import { judgeName, judgeUrl } from './options.js';
import type { Setup } from './setup.js';

type TokenName = 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN' | 'SLACK_SIGNING_SECRET';

const whereTo: Record<TokenName, string> = {
  SLACK_BOT_TOKEN: 'Bot User OAuth Token (xoxb-…), from Install App, after Install to Workspace',
  SLACK_APP_TOKEN: 'App-level token (xapp-…), from Basic Information → App-Level Tokens, scope connections:write',
  SLACK_SIGNING_SECRET: 'Signing Secret, from Basic Information → App Credentials',
};

/** The app on Slack's side, from the manifest. */
export async function createSlackApp(setup: Setup): Promise<void> {
  const { dialog, options, known } = setup;
  dialog.step('Slack: an app of your own, made from a manifest that asks for four scopes.');
  const hasToken = known('SLACK_BOT_TOKEN') !== undefined;
  const isWanted = !options.isAttended || (await dialog.confirm('Create a new Slack app?', !hasToken));
  const mode = await chooseMode(setup);
  if (!isWanted) return;
  const name =
    options.name ?? (await dialog.ask({ message: 'What is it called?', initial: 'Imagine', judge: judgeName }));
  const askUrl = () => dialog.ask({ message: 'The public address of your app (https://…)', judge: judgeUrl });
  const url = mode === 'http' ? (options.url ?? (await askUrl())) : undefined;
  const command = await chooseCommand(setup);
  const address = createAppAddress({ name, command, url, readsFiles: known('IMAGE_INPUT') === 'on' });
  dialog.step('Open this address, choose your workspace and press Create. Then press Install to Workspace.');
  dialog.print(address);
  if (options.isAttended && options.opensBrowser && (await dialog.confirm('Open it in your browser?', true))) {
    setup.openBrowser(address);
  }
}

/** Writes down what tells the two apart: with an app token, the app opens a socket. */
async function chooseMode({ options, dialog, known, set, answers }: Setup): Promise<'socket' | 'http'> {
  const isHttp = !known('SLACK_APP_TOKEN') && known('SLACK_SIGNING_SECRET') !== undefined;
  const choices = [
    { value: 'socket', label: 'Socket Mode: the app needs no public address (recommended)' },
    { value: 'http', label: 'HTTP: behind a load balancer of yours' },
  ] as const;
  const before = known('SLACK_APP_TOKEN') ? 'socket' : isHttp ? 'http' : undefined;
  const mode = options.mode ?? before ?? (await dialog.choose('How does Slack reach the app?', choices));
  if (mode === 'http') set('SLACK_APP_TOKEN', '');
  answers.mode = mode;
  return mode;
}

async function chooseCommand({ options, dialog, known, set }: Setup): Promise<string> {
  const initial = options.command ?? known('SLACK_COMMAND') ?? '/imagine';
  const judge = (command: string) => judgeSetting('SLACK_COMMAND', command);
  const asks = options.asksForAll && options.command === undefined;
  const command = asks ? await dialog.ask({ message: 'The slash command', initial, judge }) : initial;
  if (command !== '/imagine' || known('SLACK_COMMAND')) set('SLACK_COMMAND', command);
  return command;
}

/** Each is tried at once, and asked for again until Slack takes it or the person goes on without. */
export async function askForTokens(setup: Setup): Promise<void> {
  const { dialog, answers } = setup;
  dialog.step('Tokens: they are not shown, are checked with Slack at once, and go to .env only.');
  await askForToken(setup, 'SLACK_BOT_TOKEN');
  await askForToken(setup, answers.mode === 'http' ? 'SLACK_SIGNING_SECRET' : 'SLACK_APP_TOKEN');
}

async function askForToken(setup: Setup, name: TokenName): Promise<void> {
  const { dialog, options, known, set } = setup;
  let isKept = known(name) !== undefined;
  for (;;) {
    const value = isKept ? (known(name) ?? '') : await dialog.askSecret(questionFor(name));
    const results = await checkToken(setup, name, value);
    dialog.tell(results);
    const problem = results.find(({ kind }) => kind === 'fix');
    const next = !problem ? 'keep' : options.isAttended ? await whatNext(setup, name, problem) : 'keep';
    if (next === 'keep') return set(name, value);
    isKept = next === 'check';
    if (isKept) set(name, value);
  }
}

function questionFor(name: keyof Config & TokenName) {
  const judge = (value: string) => (value ? judgeSetting(name, value) : `paste the ${whereTo[name].split(',')[0]}`);
  return { message: whereTo[name], judge };
}

type Next = 'type' | 'check' | 'keep';

/** A token that Slack refuses is asked for again; what else is wrong may be put right on Slack's page. */
async function whatNext({ dialog }: Setup, name: TokenName, { text }: CheckResult): Promise<Next> {
  if (text.startsWith(name)) return 'type';
  return dialog.choose<Next>('What next?', [
    { value: 'check', label: 'Check it again' },
    { value: 'type', label: 'Paste another one' },
    { value: 'keep', label: 'Go on, and look at it later' },
  ]);
}

async function checkToken({ known }: Setup, name: TokenName, token: string): Promise<readonly CheckResult[]> {
  if (name === 'SLACK_SIGNING_SECRET') {
    return [note('Slack: the signing secret proves itself only when Slack calls. Type the command to see.')];
  }
  const logger = createBoltLogger(createLog('error', { write: () => undefined })); // the results say what it would
  const client = createWebClients({ botToken: token, apiUrl: known('SLACK_API_URL') }, logger).once;
  const check: Check =
    name === 'SLACK_BOT_TOKEN'
      ? createBotTokenCheck(client, known('IMAGE_INPUT') === 'on')
      : createAppTokenCheck(client);
  return runCheck(check);
}
