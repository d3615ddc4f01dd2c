import type { App } from '@slack/bolt';
import type { Workspace } from '../../../sandbox/workspace/driver.js';
import type { WorkspaceOptions } from '../../../sandbox/workspace/options.js';
import { clientOf, openWorkspace, startApp } from './helpers.js';

export const text = (value: string) => ({ type: 'plain_text', text: value });
export const option = (value: string) => ({ text: text(value), value });

export const input = (blockId: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id: blockId,
  label: text(blockId),
  element: { action_id: 'value', ...element },
  ...more,
});

export const form = [
  input('prompt', { type: 'plain_text_input', initial_value: 'a red fox', max_length: 20 }),
  input('style', { type: 'static_select', options: [option('photo'), option('ink')], initial_option: option('ink') }),
  input('shape', { type: 'radio_buttons', options: [option('1:1'), option('16:9')] }, { optional: true }),
  input('note', { type: 'plain_text_input' }, { optional: true }),
];

export const modal = (blocks: unknown[] = form, more: object = {}) => ({
  type: 'modal',
  callback_id: 'imagine_modal',
  title: text('Imagine'),
  submit: text('Imagine'),
  private_metadata: 'kept',
  blocks,
  ...more,
});

/** A workspace with a trigger ID that Ana's command produced. */
export async function open(register: (app: App) => void = () => {}, options: WorkspaceOptions = {}) {
  const workspace = await openWorkspace(options);
  const triggers: string[] = [];
  await startApp(workspace, (app) => {
    app.command(/.*/, async ({ ack, body }) => {
      triggers.push(body.trigger_id);
      await ack();
    });
    register(app);
  });
  const { ana } = workspace.people;
  const newTrigger = async () => {
    await workspace.command({ user: ana.id, channel: 'C0MARKETNG', text: 'x' });
    return triggers.at(-1) ?? '';
  };
  return { workspace, ana, newTrigger, client: clientOf(workspace) };
}

/** The same, with the form on Ana's screen, and `register` to answer her. */
export async function openForm(
  register: (app: App) => void,
  blocks: unknown[] = form,
  more: object = {},
  options: WorkspaceOptions = {},
) {
  const opened = await open(register, options);
  await opened.client.apiCall('views.open', { trigger_id: await opened.newTrigger(), view: modal(blocks, more) });
  return opened;
}

export const viewOf = (workspace: Workspace) => workspace.openView(workspace.people.ana.id);
