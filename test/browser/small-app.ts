import { App, LogLevel, type types } from '@slack/bolt';
import { type Visit, visit } from './browse.js';

const plain = (text: string): types.PlainTextElement => ({ type: 'plain_text', text });
const options = (...names: string[]) => names.map((name) => ({ text: plain(name), value: name }));
const input = (name: string, element: types.InputBlock['element']): types.InputBlock => ({
  type: 'input',
  block_id: name,
  label: plain(name),
  element: { ...element, action_id: 'value' },
});

const modal: types.ModalView = {
  type: 'modal',
  callback_id: 'asked',
  title: plain('Ask about this post'),
  submit: plain('Send'),
  blocks: [
    input('prompt', { type: 'plain_text_input', multiline: true }),
    input('style', {
      type: 'static_select',
      option_groups: [{ label: plain('Plain'), options: options('photo', 'drawing') }],
    }),
    input('mood', { type: 'radio_buttons', options: options('calm', 'wild') }),
  ],
};

const confirm = { text: plain('Delete everything?'), confirm: plain('Delete'), deny: plain('Keep') };
const blocks: types.KnownBlock[] = [
  { type: 'section', text: { type: 'mrkdwn', text: '*Bold* words for <@U000000BEN> :fox_face:' } },
  {
    type: 'actions',
    elements: [
      { type: 'button', action_id: 'delete_all', text: plain('Delete'), confirm },
      { type: 'overflow', action_id: 'more', options: options('archive', 'share') },
    ],
  },
];

/** What the app received, oldest first. */
interface Received {
  clicks: string[];
  submissions: unknown[];
}

/** A workspace whose app uses what Imagine rarely or never does: confirmations, menus, field errors, silence. */
export async function visitSmallApp(): Promise<Visit & Received> {
  const received: Received = { clicks: [], submissions: [] };
  const installed = {
    commands: [{ command: '/small', description: 'Posts some blocks', usageHint: '' }],
    shortcuts: [{ name: 'Ask about this post', callbackId: 'ask' }],
    messagesTab: true,
  };
  return { ...(await visit(installed, (environment) => startSmallApp(environment, received))), ...received };
}

async function startSmallApp(environment: Record<string, string>, { clicks, submissions }: Received) {
  const { SLACK_BOT_TOKEN = '', SLACK_APP_TOKEN = '', SLACK_API_URL = '' } = environment;
  const app = new App({
    token: SLACK_BOT_TOKEN,
    appToken: SLACK_APP_TOKEN,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: SLACK_API_URL },
  });
  app.command('/small', async ({ ack, command, client }) => {
    if (command.text === 'silence') return; // the user is told operation_timeout
    await ack();
    await client.chat.postMessage({ channel: command.channel_id, text: 'Some blocks', blocks });
  });
  app.action(/.*/, async ({ ack, action }) => {
    await ack();
    if ('action_id' in action) clicks.push(action.action_id);
  });
  app.shortcut('ask', async ({ ack, shortcut, client }) => {
    await ack();
    await client.views.open({ trigger_id: shortcut.trigger_id, view: modal });
  });
  app.view('asked', async ({ ack, view }) => {
    const isShort = (view.state.values.prompt?.value?.value ?? '').length < 10;
    if (isShort) return ack({ response_action: 'errors', errors: { prompt: 'Say a little more.' } });
    submissions.push(view.state.values);
    await ack();
  });
  await app.start();
  const neverExits = new Promise<number>(() => {});
  return { output: () => '', exited: neverExits, stop: () => app.stop().then(() => 0) };
}
