import { App, LogLevel } from '@slack/bolt';
import type { Installed } from '../../sandbox/page/read-manifest.js';
import type { SuperviseOptions } from '../../sandbox/page/supervise-app.js';

export const smallAppInstalled: Installed = {
  commands: [{ command: '/small', description: 'Posts some blocks', usageHint: 'blocks' }],
  shortcuts: [{ name: 'Ask about this post', callbackId: 'ask', type: 'message' }],
  messagesTab: true,
};

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const option = (name: string) => ({ text: plain(name), value: name });

const modal = {
  type: 'modal' as const,
  callback_id: 'asked',
  title: plain('Ask about this post'),
  submit: plain('Send'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'prompt',
      label: plain('Prompt'),
      hint: plain('What should be seen'),
      element: { type: 'plain_text_input' as const, action_id: 'value', multiline: true },
    },
    {
      type: 'input' as const,
      block_id: 'style',
      optional: true,
      label: plain('Style'),
      element: {
        type: 'static_select' as const,
        action_id: 'value',
        options: ['photo', 'drawing'].map(option),
        initial_option: option('photo'),
      },
    },
  ],
};

/** What the app was told, oldest first. */
export interface Heard {
  clicks: string[];
  submitted: unknown[];
}

/** An app that uses what the product does not use, or not yet: confirmations, menus, modals with field errors. */
export function createSmallApp(): { heard: Heard; startApp: SuperviseOptions['startApp'] } {
  const heard: Heard = { clicks: [], submitted: [] };
  return { heard, startApp: (environment) => startSmallApp(environment, heard) };
}

const startSmallApp = async (environment: Record<string, string>, heard: Heard) => {
  const { SLACK_BOT_TOKEN = '', SLACK_APP_TOKEN = '', SLACK_API_URL = '' } = environment;
  const app = new App({
    token: SLACK_BOT_TOKEN,
    appToken: SLACK_APP_TOKEN,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: SLACK_API_URL },
  });
  listen(app, heard);
  await app.start();
  let end = (_status: number): void => {};
  const exited = new Promise<number | null>((resolve) => {
    end = resolve;
  });
  const stop = async () => {
    await app.stop();
    end(0);
    return exited;
  };
  return { output: () => '', exited, stop };
};

function listen(app: App, heard: Heard): void {
  app.command('/small', async ({ ack, command, client }) => {
    if (command.text === 'silence') return; // the person is told operation_timeout
    await ack();
    await client.chat.postMessage({ channel: command.channel_id, text: 'Some blocks', blocks });
  });
  app.action(/.*/, async ({ ack, action }) => {
    await ack();
    if ('action_id' in action) heard.clicks.push(action.action_id);
  });
  app.shortcut('ask', async ({ ack, shortcut, client }) => {
    await ack();
    await client.views.open({ trigger_id: shortcut.trigger_id, view: modal });
  });
  app.view('asked', async ({ ack, view }) => {
    const prompt = view.state.values.prompt?.value?.value ?? '';
    if (prompt.length < 10) {
      await ack({ response_action: 'errors', errors: { prompt: 'Say a little more.' } });
      return;
    }
    heard.submitted.push(view.state.values);
    await ack();
  });
}

const blocks = [
  { type: 'header' as const, text: plain('Some blocks') },
  { type: 'section' as const, text: { type: 'mrkdwn' as const, text: '*Bold* words for <@U000000BEN> :fox_face:' } },
  {
    type: 'actions' as const,
    elements: [
      {
        type: 'button' as const,
        action_id: 'delete_all',
        text: plain('Delete'),
        style: 'danger' as const,
        confirm: {
          title: plain('Delete everything?'),
          text: plain('It cannot be brought back.'),
          confirm: plain('Delete'),
          deny: plain('Keep'),
          style: 'danger' as const,
        },
      },
      { type: 'overflow' as const, action_id: 'more', options: ['archive', 'share'].map(option) },
    ],
  },
];
