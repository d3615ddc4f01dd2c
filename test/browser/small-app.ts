import { App, type BlockAction, type BlockElementAction, LogLevel, type types } from '@slack/bolt';

/** What an app is installed with that uses what Imagine rarely or never does: confirmations, field errors, silence. */
export const smallApp = {
  commands: [{ command: '/small', description: 'Posts some blocks', usageHint: '' }],
  shortcuts: [{ name: 'Ask about this post', callbackId: 'ask' }],
  messagesTab: true,
  takesMessages: true,
};

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
    input('style', { type: 'static_select', options: options('photo', 'drawing') }),
  ],
};

const confirm = { text: plain('Delete everything?'), confirm: plain('Delete'), deny: plain('Keep') };
const blocks: types.KnownBlock[] = [
  { type: 'section', text: { type: 'mrkdwn', text: '*Bold* words for <@U000000BEN> :fox_face:' } },
  {
    type: 'actions',
    elements: [
      { type: 'button', action_id: 'delete_all', text: plain('Delete'), confirm },
      { type: 'overflow', action_id: 'more', options: options('details', 'refresh') },
      {
        type: 'static_select',
        action_id: 'menu',
        placeholder: plain('Do more'),
        option_groups: [
          { label: plain('Change'), options: options('vary', 'upscale') },
          { label: plain('This image'), options: options('remove') },
        ],
      },
    ],
  },
];

const privateBlocks: types.KnownBlock[] = [
  { type: 'actions', elements: [{ type: 'button', action_id: 'again', text: plain('Draw again') }] },
];

const chosenIn = (action: BlockElementAction): string =>
  'selected_option' in action ? `${action.action_id}: ${action.selected_option?.value}` : action.action_id;

/** Starts it, and adds what it receives to these lists. */
export async function startSmallApp(environment: Record<string, string>, clicks: string[], submissions: unknown[]) {
  const { SLACK_BOT_TOKEN: token = '', SLACK_APP_TOKEN: appToken = '', SLACK_API_URL: slackApiUrl = '' } = environment;
  const app = new App({ token, appToken, socketMode: true, logLevel: LogLevel.ERROR, clientOptions: { slackApiUrl } });
  app.command('/small', async ({ ack, command, client, respond }) => {
    if (command.text === 'silence') return; // the user is told operation_timeout
    await ack();
    if (command.text === 'private') await respond({ text: 'Just for you', blocks: privateBlocks });
    else await client.chat.postMessage({ channel: command.channel_id, text: 'Some blocks', blocks });
  });
  app.action<BlockAction>(/.*/, async ({ ack, action, respond }) => {
    await ack();
    clicks.push(chosenIn(action));
    if (action.action_id === 'again')
      await respond({ text: 'Drawn again', response_type: 'ephemeral', replace_original: true });
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
  return { output: () => '', exited: new Promise<number>(() => {}), stop: () => app.stop().then(() => 0) };
}
