import type { App } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { buttons, createClock, refusalOf, steady } from './helpers.js';
import { form, input, modal, open, openForm, option, text, viewOf } from './modal-helpers.js';

const styles = { type: 'static_select', action_id: 'style', options: [option('photo'), option('ink')] };
const overflow = { type: 'overflow', action_id: 'more', options: [option('reset'), option('help')] };

/** Answers every submission with this. */
const answerWith = (answer: unknown) => (app: App) =>
  app.use(async ({ ack, body, next }) => {
    if (body.type !== 'view_submission' || ack === undefined) return next();
    await Reflect.apply(ack, undefined, [answer]);
  });

/** Ana with this modal open, and every interaction that reaches the app. */
async function openModal(blocks: unknown[] = form, more: object = {}) {
  const payloads: unknown[] = [];
  const register = (app: App): void => {
    app.use(async ({ ack, body, next }) => {
      if (body.type === undefined || ack === undefined) return next();
      payloads.push(body);
      await Reflect.apply(ack, undefined, []);
    });
  };
  const opened = await openForm(register, blocks, more, createClock());
  return { ...opened, payloads, user: opened.ana.id };
}

describe('opening and updating modals', () => {
  it('shows the modal to the person who acted, and answers with the view', async () => {
    const { workspace, client, newTrigger } = await open(undefined, createClock());
    const view = modal([input('prompt', { type: 'plain_text_input' })]);
    const answer = { ...(await client.apiCall('views.open', { trigger_id: await newTrigger(), view })) };
    expect(Object(answer).view).toMatchObject({
      id: viewOf(workspace)?.id,
      type: 'modal',
      callback_id: 'imagine_modal',
      blocks: [{ type: 'input', block_id: 'prompt', label: { emoji: true } }],
      state: { values: {} },
    });
    expect(viewOf(workspace)).toMatchObject({ title: 'Imagine', callbackId: 'imagine_modal', privateMetadata: 'kept' });
    expect(workspace.openView(workspace.people.ben.id)).toBeUndefined();
  });

  it('takes a trigger ID for three seconds, once', async () => {
    const clock = createClock();
    const { client, newTrigger } = await open(undefined, { now: clock.now });
    const openWith = (trigger_id: string) => client.apiCall('views.open', { trigger_id, view: modal() });
    const first = await newTrigger();
    clock.advance(3000);
    expect((await openWith(first)).ok).toBe(true);
    expect((await refusalOf(openWith(first))).error).toBe('exchanged_trigger_id');
    const second = await newTrigger();
    clock.advance(3001);
    expect((await refusalOf(openWith(second))).error).toBe('expired_trigger_id');
    expect((await refusalOf(openWith('nonsense'))).error).toBe('invalid_trigger_id');
  });

  const focused = (id: string) => input(id, { type: 'plain_text_input', focus_on_load: true });
  const divider = { type: 'divider' };
  const tooLong = input('p', { type: 'plain_text_input', initial_value: 'fox', max_length: 2 });
  it.each([
    [
      'a title over 24 characters',
      modal(form, { title: text('x'.repeat(25)) }),
      'must be less than 25 characters',
      '/title/text',
    ],
    ['inputs without a submit button', modal(form, { submit: undefined }), 'missing required field: submit', '/submit'],
    ['101 blocks', modal(Array.from({ length: 101 }, () => divider)), 'no more than 100 items allowed', '/blocks'],
    ['a carousel', modal([{ type: 'carousel', elements: [] }]), 'unsupported type: carousel', '/blocks/0/type'],
    ['a block_id twice', modal([form[0], form[0]]), '`block_id` `prompt` already exists', '/blocks/1/block_id'],
    [
      'an initial value over the limit',
      modal([tooLong]),
      'must be less than or equal to max_length',
      '/blocks/0/element/initial_value',
    ],
    [
      'two fields that want the focus',
      modal([focused('a'), focused('b')]),
      'only one element can have focus_on_load',
      '/blocks/1/element/focus_on_load',
    ],
    [
      'private_metadata over 3000 characters',
      modal(form, { private_metadata: 'x'.repeat(3001) }),
      'must be less than 3001 characters',
      '/private_metadata',
    ],
    ['an unknown field', modal(form, { submit_disabled: true }), 'invalid additional property: submit_disabled', ''],
  ])('refuses %s', async (_what, view, message, pointer) => {
    const { client, newTrigger } = await open();
    const refusal = await refusalOf(client.apiCall('views.open', { trigger_id: await newTrigger(), view }));
    const messages = [`[ERROR] ${message} [json-pointer:/view${pointer}]`];
    expect(refusal).toMatchObject({ error: 'invalid_arguments', response_metadata: { messages } });
  });

  it('refuses a view over 250 KB', async () => {
    const { client, newTrigger } = await open();
    const blocks = Array.from({ length: 90 }, () => ({ type: 'section', text: text('x'.repeat(2900)) }));
    const tooLarge = client.apiCall('views.open', { trigger_id: await newTrigger(), view: modal(blocks) });
    expect((await refusalOf(tooLarge)).error).toBe('view_too_large');
  });

  it('updates an open modal until it is gone', async () => {
    const { workspace, client, ana } = await openForm(() => {});
    const view = modal(form, { title: text('Second') });
    const update = () => client.apiCall('views.update', { view_id: id, view });
    const { id = '', hash } = viewOf(workspace) ?? {};
    await update();
    expect(viewOf(workspace)).toMatchObject({ id, title: 'Second' });
    expect(viewOf(workspace)?.hash).not.toBe(hash);
    await workspace.closeView(ana.id);
    expect((await refusalOf(update())).error).toBe('not_found');
  });

  const prompt = (initial_value?: string, more: object = {}, blockId = 'prompt') =>
    input(blockId, { type: 'plain_text_input', initial_value, ...more });
  it.each([
    ['keeps a field of the same IDs', prompt('a wolf'), { prompt: { value: 'a hare' } }],
    ['loses it with another block_id', prompt('a wolf', {}, 'prompt_2'), { prompt_2: { value: 'a wolf' } }],
    ['loses it with another action_id', prompt('a wolf', { action_id: 'text' }), { prompt: { text: 'a wolf' } }],
    ['loses it as another kind', input('prompt', { ...styles, action_id: 'value' }), { prompt: { value: null } }],
  ])('an update %s', async (_what, block, values) => {
    const { workspace, ana, client } = await openForm(() => {}, [prompt('a red fox')]);
    await workspace.typeInView({ user: ana.id, values: { prompt: 'a hare' } });
    await client.apiCall('views.update', { view_id: viewOf(workspace)?.id, view: modal([block]) });
    expect(viewOf(workspace)?.values).toEqual(values);
  });
});

describe('clicking and choosing in modals', () => {
  const blocks = [
    input('prompt', { type: 'plain_text_input', initial_value: 'a red fox' }),
    { type: 'section', block_id: 'look', text: text('Style'), accessory: styles },
    { type: 'actions', block_id: 'tools', elements: [...buttons('suggest').elements, overflow] },
  ];

  it('a click carries the documented fields and the whole form', async () => {
    const { workspace, payloads, user } = await openModal(blocks);
    await workspace.clickInView({ user, actionId: 'style', selected: ['ink'] });
    await workspace.clickInView({ user, actionId: 'more', blockId: 'tools', selected: ['reset'] });
    await workspace.clickInView({ user, actionId: 'suggest', values: { prompt: 'a hare' } });
    const ink = { type: 'static_select', selected_option: { value: 'ink' } };
    const prompt = { value: { type: 'plain_text_input', value: 'a hare' } };
    expect(payloads).toMatchObject([
      {
        actions: [{ action_id: 'style', block_id: 'look', ...ink }],
        view: { state: { values: { look: { style: ink } } } },
      },
      { actions: [{ type: 'overflow', selected_option: { value: 'reset' } }] },
      { view: { private_metadata: 'kept', state: { values: { prompt, look: { style: ink } } } } },
    ]);
    expect(steady(workspace, { ...Object(payloads[2]), view: undefined })).toMatchInlineSnapshot(`
      {
        "actions": [
          {
            "action_id": "suggest",
            "action_ts": "1795165200.000002",
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
        "trigger_id": "1795165200000.00000007",
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

  it('a choice in an input with dispatch_action reaches the app', async () => {
    const told = input('kind', styles, { dispatch_action: true, optional: true });
    const { workspace, payloads, user } = await openModal([told]);
    expect(await workspace.typeInView({ user, values: { kind: 'ink' } })).toMatchObject([{ acknowledged: true }]);
    expect(await workspace.typeInView({ user, values: { kind: 'ink' } })).toEqual([]);
    await workspace.clickInView({ user, actionId: 'style', selected: ['photo'] });
    const choice = (value: string) => ({
      actions: [{ type: 'static_select', action_id: 'style', block_id: 'kind', selected_option: { value } }],
      view: { state: { values: { kind: { style: { selected_option: { value } } } } } },
    });
    expect(payloads).toMatchObject([choice('ink'), choice('photo')]);
  });

  it('only what is there can be pressed', async () => {
    const { workspace, user, payloads } = await openModal(blocks);
    const press = (more: object) => workspace.clickInView({ user, actionId: 'suggest', ...more });
    await expect(press({ actionId: 'delete' })).rejects.toThrow('has no delete; it has: value, style');
    await expect(press({ actionId: 'style', selected: ['oil'] })).rejects.toThrow('no option oil');
    await expect(press({ actionId: 'value' })).rejects.toThrow('value tells the app nothing before');
    expect(payloads).toEqual([]);
  });
});

describe('submitting modals', () => {
  it('tells each kind of field in its own way, and closes', async () => {
    const { workspace, payloads, user } = await openModal();
    await workspace.typeInView({ user, values: { prompt: 'a hare' } });
    expect(await workspace.submitView({ user, values: { shape: '16:9' } })).toEqual({ outcome: 'closed' });
    expect(viewOf(workspace)).toBeUndefined();
    const values = {
      prompt: { value: { type: 'plain_text_input', value: 'a hare' } },
      style: { value: { type: 'static_select', selected_option: { value: 'ink' } } },
      shape: { value: { type: 'radio_buttons', selected_option: { value: '16:9' } } },
      note: { value: { type: 'plain_text_input', value: null } },
    };
    expect(payloads).toMatchObject([{ type: 'view_submission', response_urls: [], view: { state: { values } } }]);
  });

  it.each([
    ['a required field that is empty', { prompt: '' }, { prompt: 'Please complete this required field.' }],
    ['a required choice that was cleared', { style: null }, { style: 'Please complete this required field.' }],
    ['a text over its limit', { prompt: 'x'.repeat(21) }, { prompt: 'Must be at most 20 characters.' }],
  ])('is stopped by Slack itself for %s', async (_what, values, errors) => {
    const { workspace, user, payloads } = await openModal();
    const outcome = await workspace.submitView({ user, values });
    expect(outcome).toEqual({ outcome: 'errors', refusedBy: 'slack', errors });
    expect([viewOf(workspace)?.errors, payloads]).toEqual([errors, []]);
  });

  it("shows the app's field errors, or another modal, and keeps what was typed", async () => {
    const errors = { prompt: 'Say what to draw.' };
    const refused = await openForm(answerWith({ response_action: 'errors', errors }));
    const submit = ({ workspace, ana }: typeof refused) =>
      workspace.submitView({ user: ana.id, values: { prompt: 'a hare' } });
    expect(await submit(refused)).toEqual({ outcome: 'errors', refusedBy: 'app', errors });
    expect(viewOf(refused.workspace)).toMatchObject({ errors, values: { prompt: { value: 'a hare' } } });
    const view = modal(form, { callback_id: 'second' });
    const updated = await openForm(answerWith({ response_action: 'update', view }));
    expect(await submit(updated)).toEqual({ outcome: 'updated' });
    expect(viewOf(updated.workspace)).toMatchObject({ callbackId: 'second', values: { prompt: { value: 'a hare' } } });
  });

  it.each([
    ['errors for an unknown field', { response_action: 'errors', errors: { colour: 'x' } }],
    ['a view that Slack would refuse', { response_action: 'update', view: modal(form, { title: text('') }) }],
    ['an unknown action', { response_action: 'explode' }],
  ])('fails if the app answers with %s', async (_what, answer) => {
    const { workspace, ana } = await openForm(answerWith(answer));
    const result = await workspace.submitView({ user: ana.id });
    expect(result).toEqual({ outcome: 'failed', failure: 'invalid_response_action' });
    expect(viewOf(workspace)?.callbackId).toBe('imagine_modal');
  });

  it('fails if the app does not answer in time', async () => {
    const { workspace, ana } = await openForm((app) => {
      app.view('imagine_modal', async () => {});
    });
    workspace.settings.acknowledgementMs = 30;
    expect(await workspace.submitView({ user: ana.id })).toEqual({ outcome: 'failed', failure: 'operation_timeout' });
    expect(viewOf(workspace)?.callbackId).toBe('imagine_modal');
  });

  it('closing a modal tells an app that asked to be told', async () => {
    const { workspace, user, payloads } = await openModal(form, { notify_on_close: true });
    await workspace.closeView(user);
    expect(payloads).toMatchObject([{ type: 'view_closed', is_cleared: false, view: { private_metadata: 'kept' } }]);
    expect(viewOf(workspace)).toBeUndefined();
  });
});
