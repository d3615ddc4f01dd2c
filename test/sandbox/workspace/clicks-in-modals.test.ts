import type { App } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { buttons, createClock, steady } from './helpers.js';
import { input, openForm, option, text, viewOf } from './modal-helpers.js';

const styles = { type: 'static_select', action_id: 'style', options: [option('photo'), option('ink')] };
const overflow = { type: 'overflow', action_id: 'more', options: [option('reset'), option('help')] };
const confirm = { text: text('Sure?') };

const blocks = [
  input('prompt', { type: 'plain_text_input', initial_value: 'a red fox' }),
  { type: 'section', block_id: 'look', text: text('Style'), accessory: styles },
  { type: 'actions', block_id: 'tools', elements: [...buttons('suggest').elements, overflow] },
];

/** Ana with this modal open, and every interaction that reaches the app. */
async function openModal(shown: unknown[] = blocks) {
  const payloads: unknown[] = [];
  const register = (app: App): void => {
    app.action(/.*/, async ({ ack, body }) => {
      payloads.push(body);
      await ack();
    });
    app.view(/.*/, async ({ ack, body }) => {
      payloads.push(body);
      await ack();
    });
  };
  const opened = await openForm(register, shown, {}, createClock());
  return { ...opened, payloads, user: opened.ana.id };
}

describe('clicking in modals', () => {
  it('a click carries the documented fields and the whole form', async () => {
    const { workspace, payloads, user } = await openModal([blocks[0], blocks[2]]);
    const result = await workspace.clickInView({ user, actionId: 'suggest', values: { prompt: 'a hare' } });
    expect(result).toMatchObject({ acknowledged: true });
    const [payload] = payloads;
    expect(payload).toMatchObject({
      view: {
        id: viewOf(workspace)?.id,
        hash: viewOf(workspace)?.hash,
        type: 'modal',
        callback_id: 'imagine_modal',
        private_metadata: 'kept',
        blocks: [{ block_id: 'prompt' }, { block_id: 'tools' }],
        state: { values: { prompt: { value: { type: 'plain_text_input', value: 'a hare' } } } },
      },
    });
    expect(steady(workspace, { ...Object(payload), view: undefined })).toMatchInlineSnapshot(`
      {
        "actions": [
          {
            "action_id": "suggest",
            "action_ts": "1795165200.000000",
            "block_id": "tools",
            "text": {
              "emoji": true,
              "text": "suggest",
              "type": "plain_text",
            },
            "type": "button",
            "value": "value of suggest",
          },
        ],
        "api_app_id": "A0SANDBOX1",
        "container": {
          "type": "view",
          "view_id": "V00000003",
        },
        "enterprise": null,
        "is_enterprise_install": false,
        "team": {
          "domain": "sandbox",
          "id": "T0SANDBOX1",
        },
        "token": "sandbox-verification-token",
        "trigger_id": "1795165200000.2.00000005",
        "type": "block_actions",
        "user": {
          "id": "U000000ANA",
          "name": "ana",
          "team_id": "T0SANDBOX1",
          "username": "ana",
        },
      }
    `);
  });

  it('a menu holds what was chosen, in later clicks and in the submission', async () => {
    const { workspace, payloads, user } = await openModal();
    await workspace.clickInView({ user, actionId: 'style', selected: ['ink'] });
    expect(viewOf(workspace)?.values).toEqual({ prompt: { value: 'a red fox' }, look: { style: 'ink' } });
    await workspace.clickInView({ user, actionId: 'suggest' });
    await workspace.submitView({ user });
    const ink = { type: 'static_select', selected_option: { value: 'ink' } };
    const state = { values: { look: { style: ink } } };
    expect(payloads).toMatchObject([
      { actions: [{ action_id: 'style', block_id: 'look', ...ink }], view: { state } },
      { actions: [{ action_id: 'suggest', block_id: 'tools' }], view: { state } },
      { type: 'view_submission', view: { state } },
    ]);
  });

  it('an overflow menu carries its option and holds nothing', async () => {
    const { workspace, payloads, user } = await openModal();
    await workspace.clickInView({ user, actionId: 'more', blockId: 'tools', selected: ['reset'] });
    expect(payloads).toMatchObject([{ actions: [{ type: 'overflow', selected_option: { value: 'reset' } }] }]);
    expect(viewOf(workspace)?.values).not.toHaveProperty('tools');
  });

  it('a choice in an input with dispatch_action reaches the app', async () => {
    const told = input('kind', styles, { dispatch_action: true, optional: true });
    const { workspace, payloads, user } = await openModal([told]);
    await workspace.clickInView({ user, actionId: 'style', selected: ['ink'] });
    expect(await workspace.typeInView({ user, values: { kind: 'photo' } })).toMatchObject([{ acknowledged: true }]);
    expect(await workspace.typeInView({ user, values: { kind: 'photo' } })).toEqual([]);
    await workspace.typeInView({ user, values: { kind: null } });
    const choice = (value: string) => ({
      actions: [{ type: 'static_select', action_id: 'style', block_id: 'kind', selected_option: { value } }],
      view: { state: { values: { kind: { style: { selected_option: { value } } } } } },
    });
    expect(payloads).toMatchObject([choice('ink'), choice('photo'), { actions: [{ selected_option: null }] }]);
  });

  it('a text reaches the app on enter, or letter by letter, as the app asks', async () => {
    const letters = { dispatch_action_config: { trigger_actions_on: ['on_character_entered'] } };
    const { workspace, payloads, user } = await openModal([
      input('enter', { type: 'plain_text_input', action_id: 'on_enter' }, { dispatch_action: true }),
      input('letters', { type: 'plain_text_input', action_id: 'on_letter', ...letters }, { dispatch_action: true }),
    ]);
    await workspace.typeInView({ user, values: { enter: 'fox', letters: 'hare' } });
    await workspace.clickInView({ user, actionId: 'on_enter' });
    expect(payloads).toMatchObject([
      { actions: [{ type: 'plain_text_input', action_id: 'on_letter', value: 'hare' }] },
      { actions: [{ type: 'plain_text_input', action_id: 'on_enter', value: 'fox' }] },
    ]);
    const pressed = workspace.clickInView({ user, actionId: 'on_letter' });
    await expect(pressed).rejects.toThrow('on_letter is not told on enter.');
  });

  it('a choice that the person takes back changes nothing and sends nothing', async () => {
    const asking = { type: 'section', block_id: 'look', text: text('Style'), accessory: { ...styles, confirm } };
    const { workspace, payloads, user } = await openModal([asking]);
    const choice = { user, actionId: 'style', selected: ['ink'] };
    const cancelled = await workspace.clickInView({ ...choice, confirm: false });
    expect(cancelled).toEqual({ acknowledged: false, failure: 'cancelled' });
    expect([payloads, viewOf(workspace)?.values]).toEqual([[], { look: { style: null } }]);
    await workspace.clickInView(choice);
    expect(viewOf(workspace)?.values).toEqual({ look: { style: 'ink' } });
  });

  it('nobody can press in a modal what is not there', async () => {
    const { workspace, user, payloads } = await openModal();
    const press = (more: object) => workspace.clickInView({ user, actionId: 'suggest', ...more });
    await expect(press({ actionId: 'delete' })).rejects.toThrow('has no delete; it has: value, style, suggest, more.');
    await expect(press({ blockId: 'look' })).rejects.toThrow('has no suggest');
    await expect(press({ actionId: 'style', selected: ['oil'] })).rejects.toThrow('no option oil');
    await expect(press({ actionId: 'value' })).rejects.toThrow('value tells the app nothing before');
    await expect(press({ confirm: false })).rejects.toThrow('suggest asks for no confirmation.');
    expect(payloads).toEqual([]);
  });
});
