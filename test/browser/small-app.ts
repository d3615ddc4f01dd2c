import { App, type BlockAction, type BlockElementAction, LogLevel, type types } from '@slack/bolt';
import { defaultScopes } from '../../sandbox/workspace/options.js';

/** What an app is installed with that uses what Imagine rarely or never does: confirmations, field errors, silence. */
export const smallApp = {
  commands: [{ command: '/small', description: 'Posts some blocks', usageHint: '' }],
  shortcuts: [{ name: 'Ask about this post', callbackId: 'ask' }],
  scopes: [...defaultScopes, 'files:read'],
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

const again: types.StaticSelect = {
  type: 'static_select',
  action_id: 'again_menu',
  placeholder: plain('More with this image'),
  option_groups: [
    { label: plain('More like this'), options: options('Subtle', 'Strong') },
    { label: plain('This image'), options: options('Larger') },
  ],
};

/** A form from which another is pushed. */
const imageForm: types.ModalView = {
  type: 'modal',
  callback_id: 'image_form',
  title: plain('An image'),
  submit: plain('Send'),
  blocks: [
    input('image', { type: 'file_input', filetypes: ['png', 'jpg'], max_files: 1 }),
    { ...input('ratios', { type: 'checkboxes', options: options('16:9', '1:1', '9:16') }), optional: true },
    { type: 'section', block_id: 'menu', text: plain('The image so far'), accessory: again },
    { type: 'actions', elements: [{ type: 'button', action_id: 'replace', text: plain('Replace…') }] },
  ],
};

const pushedForm: types.ModalView = {
  type: 'modal',
  callback_id: 'replace_form',
  title: plain('Replace'),
  submit: plain('Replace'),
  blocks: [input('what', { type: 'plain_text_input' }), input('with', { type: 'plain_text_input' })],
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
    if (command.text === 'form') await client.views.open({ trigger_id: command.trigger_id, view: imageForm });
    else if (command.text === 'private') await respond({ text: 'Just for you', blocks: privateBlocks });
    else await client.chat.postMessage({ channel: command.channel_id, text: 'Some blocks', blocks });
  });
  app.action<BlockAction>(/.*/, async ({ ack, action, body, client, respond }) => {
    await ack();
    if (action.action_id === 'replace') {
      await client.views.push({ trigger_id: body.trigger_id, view: pushedForm });
    }
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
  app.view(/_form$/, async ({ ack, view }) => {
    submissions.push(view.state.values);
    await ack();
  });
  await app.start();
  return { output: () => '', exited: new Promise<number>(() => {}), stop: () => app.stop().then(() => 0) };
}
