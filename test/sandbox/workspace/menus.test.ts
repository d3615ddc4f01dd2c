import { describe, expect, it } from 'vitest';
import { buttons, clientOf, gather, openWorkspace, postBlocks } from './helpers.js';

const text = (value: string) => ({ type: 'plain_text', text: value });
const option = (value: string, more: object = {}) => ({ text: text(value), value, ...more });
const told = (value: string) => ({ text: { ...text(value), emoji: true }, value });

const overflow = { type: 'overflow', action_id: 'more', options: [option('details'), option('discard')] };
const select = {
  type: 'static_select',
  action_id: 'image_menu',
  placeholder: text('More…'),
  option_groups: [
    { label: text('Change'), options: [option('vary'), option('upscale')] },
    { label: text('This image'), options: [option('details')] },
  ],
};
const actions = (blockId: string, ...elements: unknown[]) => ({ type: 'actions', block_id: blockId, elements });
const section = (blockId: string, accessory: unknown) => ({
  type: 'section',
  block_id: blockId,
  text: text('An image'),
  accessory,
});

/** A workspace with these blocks in #marketing. */
async function start(blocks: unknown[], more: object = {}) {
  const workspace = await openWorkspace();
  const payloads = await gather(workspace);
  const messageTs = await postBlocks(workspace, blocks, more);
  const { ana, ben } = workspace.people;
  const place = { channel: 'C0MARKETNG', messageTs };
  const choose = (actionId: string, value: string | null, user = ana.id, blockId?: string) =>
    workspace.choose({ user, ...place, actionId, value, blockId });
  const click = (actionId: string) => workspace.click({ user: ana.id, ...place, actionId });
  const update = (changed: unknown[]) =>
    clientOf(workspace).apiCall('chat.update', { channel: place.channel, ts: messageTs, text: 'x', blocks: changed });
  const seenBy = (user: string) => workspace.messages(place.channel, { as: user })[0]?.values;
  return { workspace, payloads, place, ana, ben, choose, click, update, seenBy };
}

describe('overflow menus', () => {
  it.each([
    ['an actions block', actions('controls', ...buttons('reroll').elements, overflow)],
    ['a section', section('controls', overflow)],
  ])('in %s tell the chosen option as documented, and hold no state', async (_where, block) => {
    const { payloads, choose, place } = await start([block]);
    expect(await choose('more', 'discard')).toMatchObject({ acknowledged: true });
    expect(payloads).toMatchObject([
      {
        type: 'block_actions',
        container: { type: 'message', message_ts: place.messageTs, is_ephemeral: false },
        channel: { id: 'C0MARKETNG' },
        message: { ts: place.messageTs },
        trigger_id: expect.any(String),
        response_url: expect.stringContaining('/actions/'),
      },
    ]);
    expect(payloads[0]?.state).toEqual({ values: {} });
    expect(payloads[0]?.actions).toEqual([
      {
        type: 'overflow',
        action_id: 'more',
        block_id: 'controls',
        action_ts: expect.any(String),
        selected_option: told('discard'),
      },
    ]);
  });

  it('take the same choice again and again', async () => {
    const { payloads, choose } = await start([actions('controls', overflow)]);
    await choose('more', 'details');
    await choose('more', 'details');
    expect(payloads).toHaveLength(2);
  });

  it('refuse an option that they do not have, a press, and a person who does not see the message', async () => {
    const { workspace, payloads, ana, ben, choose, click } = await start([actions('controls', overflow)], {
      user: 'U000000ANA',
    });
    await expect(choose('more', 'delete')).rejects.toThrow('There is no option delete to choose.');
    await expect(choose('more', null)).rejects.toThrow('There is no option');
    await expect(choose('less', 'details')).rejects.toThrow('has no less; it has: more.');
    await expect(choose('more', 'details', ana.id, 'other')).rejects.toThrow('has no more');
    await expect(click('more')).rejects.toThrow('more is a menu');
    await expect(choose('more', 'details', ben.id)).rejects.toThrow('sees no message');
    workspace.channels.marketing.members.delete(ana.id);
    await expect(choose('more', 'details')).rejects.toThrow('is not in marketing');
    expect(payloads).toEqual([]);
  });
});

describe('select menus of messages', () => {
  it('tell the chosen option, and the state of every select of the message', async () => {
    const style = { type: 'static_select', action_id: 'style', options: [option('ink'), option('oil')] };
    const blocks = [
      section('image', select),
      actions('form', { ...style, initial_option: option('oil') }, { ...style, action_id: 'shape' }, overflow),
    ];
    const { payloads, choose } = await start(blocks);
    await choose('image_menu', 'details');
    const { placeholder } = select;
    expect(payloads[0]?.actions).toEqual([
      {
        type: 'static_select',
        action_id: 'image_menu',
        block_id: 'image',
        action_ts: expect.any(String),
        placeholder: { ...placeholder, emoji: true },
        selected_option: told('details'),
      },
    ]);
    const type = 'static_select';
    expect(payloads[0]?.state).toEqual({
      values: {
        image: { image_menu: { type, selected_option: told('details') } },
        form: { style: { type, selected_option: told('oil') }, shape: { type, selected_option: null } },
      },
    });
  });

  it('tell their state with a click on a button, and what was taken back as null', async () => {
    const { payloads, choose, click } = await start([actions('row', select, ...buttons('go').elements)]);
    await choose('image_menu', 'vary');
    await click('go');
    await choose('image_menu', null);
    const state = (selected_option: unknown) => ({ state: { values: { row: { image_menu: { selected_option } } } } });
    expect(payloads.slice(1)).toMatchObject([
      { actions: [{ type: 'button' }], ...state(told('vary')) },
      { actions: [{ selected_option: null }], ...state(null) },
    ]);
  });

  it('show a choice to the person who made it, and keep it in an update while both IDs stay', async () => {
    const { choose, update, seenBy, ana, ben } = await start([actions('first', select)]);
    await choose('image_menu', 'vary');
    const values = (blockId: string, value: string | null) => ({ [blockId]: { image_menu: value } });
    expect([seenBy(ana.id), seenBy(ben.id)]).toEqual([values('first', 'vary'), values('first', null)]);
    await update([section('first', select)]);
    expect(seenBy(ana.id)).toEqual(values('first', 'vary'));
    await update([actions('second', select)]);
    expect(seenBy(ana.id)).toEqual(values('second', null));
  });

  it('tell no choice of what is chosen already, until an update brings a menu with another block_id', async () => {
    const { payloads, choose, update } = await start([actions('first', select)]);
    await choose('image_menu', 'details');
    await expect(choose('image_menu', 'details')).rejects.toThrow('details is what is chosen already.');
    await update([actions('second', select)]);
    await choose('image_menu', 'details');
    expect(payloads).toMatchObject(['first', 'second'].map((block_id) => ({ actions: [{ block_id }] })));
  });

  it('refuse an option that they do not have, and a choice from a button', async () => {
    const { payloads, choose } = await start([actions('row', select, ...buttons('go').elements)]);
    await expect(choose('image_menu', 'delete')).rejects.toThrow('There is no option delete to choose.');
    await expect(choose('go', 'vary')).rejects.toThrow('go is a button');
    expect(payloads).toEqual([]);
  });
});

it('menus of a modal tell the choice with the state of the whole form', async () => {
  const workspace = await openWorkspace();
  const payloads = await gather(workspace);
  const { id: user } = workspace.people.ana;
  await workspace.command({ user, channel: 'C0MARKETNG', text: 'x' });
  const prompt = { type: 'plain_text_input', action_id: 'value' };
  const blocks = [
    { type: 'input', block_id: 'prompt', label: text('Prompt'), element: prompt },
    actions('row', select, overflow),
  ];
  const view = { type: 'modal', title: text('Imagine'), submit: text('Draw'), blocks };
  await clientOf(workspace).apiCall('views.open', { trigger_id: payloads.pop()?.trigger_id, view });
  await workspace.chooseInView({ user, actionId: 'image_menu', value: 'upscale', values: { prompt: 'a fox' } });
  await workspace.chooseInView({ user, actionId: 'more', value: 'details' });
  const values = {
    prompt: { value: { type: 'plain_text_input', value: 'a fox' } },
    row: { image_menu: { type: 'static_select', selected_option: told('upscale') } },
  };
  expect(payloads).toMatchObject([
    { container: { type: 'view' }, actions: [{ action_id: 'image_menu', selected_option: told('upscale') }] },
    { actions: [{ type: 'overflow', selected_option: told('details') }] },
  ]);
  expect(payloads.map((payload) => Object(payload.view).state)).toEqual([{ values }, { values }]);
  expect(workspace.openView(user)?.values).toMatchObject({ row: { image_menu: 'upscale' } });
  await expect(workspace.clickInView({ user, actionId: 'more' })).rejects.toThrow('more is a menu');
});
