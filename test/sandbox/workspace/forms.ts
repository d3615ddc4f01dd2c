import type { WorkspaceOptions } from '../../../sandbox/workspace/options.js';
import { clientOf, createClock, gather, openWorkspace } from './helpers.js';

export const text = (value: string) => ({ type: 'plain_text', text: value });
export const option = (value: string) => ({ text: text(value), value });
export const select = { type: 'static_select', options: [option('photo'), option('ink')] };

export const input = (blockId: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id: blockId,
  label: text(blockId),
  element: { action_id: 'value', ...element },
  ...more,
});

export const form = [
  input('prompt', { type: 'plain_text_input', initial_value: 'a red fox', max_length: 20 }),
  input('style', { ...select, initial_option: option('ink') }),
  input('shape', select, { optional: true }),
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

/** A workspace whose app can open modals, and answers submissions with this. */
export async function start(answer?: unknown, options: WorkspaceOptions = {}) {
  const workspace = await openWorkspace(options);
  const payloads = await gather(workspace, answer);
  const { id: user } = workspace.people.ana;
  const client = clientOf(workspace);
  const newTrigger = async () => {
    await workspace.command({ user, channel: 'C0MARKETNG', text: 'x' });
    return String(payloads.pop()?.trigger_id);
  };
  const openView = async (view: unknown) => client.apiCall('views.open', { trigger_id: await newTrigger(), view });
  const seen = () => workspace.openView(user);
  return { workspace, user, client, payloads, newTrigger, openView, seen };
}

/** The same, with a modal on Ana's screen. */
export async function openForm(
  blocks: unknown[] = form,
  answer?: unknown,
  more: object = {},
  options: WorkspaceOptions = {},
) {
  const started = await start(answer, { ...createClock(), ...options });
  await started.openView(modal(blocks, more));
  return started;
}
