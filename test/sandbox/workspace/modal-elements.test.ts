import { describe, expect, it } from 'vitest';
import { form, input, modal, openForm, option, start, text } from './forms.js';
import { buttons, refusalOf } from './helpers.js';

const ratios = ['16:9', '1:1', '9:16'];
const checkboxes = { type: 'checkboxes', options: ratios.map(option) };
const told = (value: string) => ({ text: { ...text(value), emoji: true }, value });

describe('checkboxes', () => {
  it('tell the ticked options in the order in which they are offered, and none as an empty list', async () => {
    const blocks = [input('ratios', checkboxes), input('more', checkboxes, { optional: true })];
    const { workspace, user, payloads, seen } = await openForm(blocks);
    await workspace.typeInView({ user, values: { ratios: ['9:16', '16:9'] } });
    expect(seen()?.values).toEqual({ ratios: { value: ['16:9', '9:16'] }, more: { value: null } });
    await workspace.submitView({ user });
    const ticked = (...values: string[]) => ({ value: { type: 'checkboxes', selected_options: values.map(told) } });
    expect(payloads).toMatchObject([
      { view: { state: { values: { ratios: ticked('16:9', '9:16'), more: ticked() } } } },
    ]);
  });

  it('begin with the initial options, and take markup in their texts', async () => {
    const marked = { text: { type: 'mrkdwn', text: '*Square*' }, description: text('for a feed'), value: '1:1' };
    const options = [marked, option('16:9')];
    const { workspace, user, payloads } = await openForm([
      input('ratios', { type: 'checkboxes', options, initial_options: [marked] }),
    ]);
    await workspace.submitView({ user });
    const selected = {
      text: { type: 'mrkdwn', text: '*Square*', verbatim: false },
      description: { ...text('for a feed'), emoji: true },
      value: '1:1',
    };
    const state = { values: { ratios: { value: { selected_options: [selected] } } } };
    expect(payloads).toMatchObject([{ view: { state } }]);
  });

  it('must be ticked once if they are required, and hold only what is offered', async () => {
    const { workspace, user, payloads } = await openForm([
      input('ratios', { ...checkboxes, initial_options: [option('1:1')] }),
    ]);
    const errors = { ratios: 'Please complete this required field.' };
    expect(await workspace.submitView({ user, values: { ratios: [] } })).toMatchObject({ refusedBy: 'slack', errors });
    await expect(workspace.typeInView({ user, values: { ratios: ['4:5'] } })).rejects.toThrow('no option 4:5');
    expect(payloads).toEqual([]);
  });

  it('with dispatch_action tell each change', async () => {
    const { workspace, user, payloads } = await openForm([input('ratios', checkboxes, { dispatch_action: true })]);
    await workspace.typeInView({ user, values: { ratios: ['1:1'] } });
    await workspace.typeInView({ user, values: { ratios: ['1:1'] } });
    expect(payloads).toMatchObject([
      { actions: [{ type: 'checkboxes', block_id: 'ratios', action_id: 'value', selected_options: [told('1:1')] }] },
    ]);
    expect(payloads).toHaveLength(1);
  });

  const eleven = { ...checkboxes, options: Array.from({ length: 11 }, (_, index) => option(String(index))) };
  const mismatch = 'initial options must exactly match the options provided';
  it.each([
    ['eleven options', eleven, 'no more than 10 items allowed', '/options'],
    ['no options', { ...checkboxes, options: [] }, 'must provide at least 1 items', '/options'],
    ['another initial option', { ...checkboxes, initial_options: [option('4:5')] }, mismatch, '/initial_options'],
  ])('with %s are refused', async (_what, element, message, pointer) => {
    const refusal = await refusalOf((await start()).openView(modal([input('ratios', element)])));
    const messages = [`[ERROR] ${message} [json-pointer:/view/blocks/0/element${pointer}]`];
    expect(refusal).toMatchObject({ error: 'invalid_arguments', response_metadata: { messages } });
  });
});

describe('menus and buttons beside sections of a modal', () => {
  const menu = {
    type: 'static_select',
    action_id: 'image_menu',
    placeholder: text('More…'),
    option_groups: [
      { label: text('Change'), options: [option('vary_subtle'), option('upscale')] },
      { label: text('This image'), options: [option('details')] },
    ],
  };

  it('tell the choice with the view and its state, and neither channel nor response_url', async () => {
    const section = { type: 'section', block_id: 'image_1', text: text('Image 1'), accessory: menu };
    const { workspace, user, payloads, seen } = await openForm([...form, section, buttons('back')]);
    await workspace.chooseInView({ user, actionId: 'image_menu', value: 'upscale', values: { note: 'larger' } });
    const [payload = {}] = payloads;
    expect(payload).toMatchObject({
      type: 'block_actions',
      container: { type: 'view', view_id: seen()?.id },
      view: {
        id: seen()?.id,
        private_metadata: 'kept',
        state: {
          values: {
            note: { value: { value: 'larger' } },
            image_1: { image_menu: { selected_option: told('upscale') } },
          },
        },
      },
      actions: [{ type: 'static_select', block_id: 'image_1', selected_option: told('upscale') }],
    });
    const absent = ['channel', 'message', 'response_url'];
    expect(Object.keys(payload).filter((name) => absent.includes(name))).toEqual([]);
  });

  it('are told apart by their blocks', async () => {
    const row = (id: string) => ({
      type: 'section',
      block_id: id,
      text: text(id),
      accessory: buttons('use').elements[0],
    });
    const { workspace, user, payloads } = await openForm([...form, row('image_1'), row('image_2')]);
    await workspace.clickInView({ user, actionId: 'use', blockId: 'image_2' });
    expect(payloads).toMatchObject([{ actions: [{ type: 'button', block_id: 'image_2', action_id: 'use' }] }]);
  });
});
