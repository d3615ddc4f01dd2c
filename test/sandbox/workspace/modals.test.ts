import { describe, expect, it } from 'vitest';
import { form, input, modal, openForm, select, start, text } from './forms.js';
import { buttons, createClock, refusalOf, steady } from './helpers.js';

describe('opening and updating modals', () => {
  it('shows the modal to the person who acted, and answers with the view', async () => {
    const { workspace, openView, seen } = await start();
    const answer = await openView(modal([input('prompt', { type: 'plain_text_input' })]));
    expect(Object(answer).view).toMatchObject({
      id: seen()?.id,
      type: 'modal',
      callback_id: 'imagine_modal',
      blocks: [{ type: 'input', block_id: 'prompt', label: { emoji: true } }],
      state: { values: {} },
    });
    expect(seen()).toMatchObject({ title: 'Imagine', callbackId: 'imagine_modal', privateMetadata: 'kept' });
    expect(workspace.openView(workspace.people.ben.id)).toBeUndefined();
  });

  it('takes a trigger ID for three seconds, once', async () => {
    const clock = createClock();
    const { client, newTrigger } = await start(undefined, { now: clock.now });
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

  const section = { type: 'section', text: text('x') };
  const tooLong = input('p', { type: 'plain_text_input', initial_value: 'fox', max_length: 2 });
  const [cannotBeLonger, cannotBeMore] = ['must be less than or equal to max_length', 'no more than 100 items allowed'];
  it.each([
    ['a long title', modal(form, { title: text('x'.repeat(25)) }), 'must be less than 25 characters', '/title/text'],
    ['inputs without a submit button', modal(form, { submit: undefined }), 'missing required field: submit', '/submit'],
    ['101 blocks', modal(Array.from({ length: 101 }, () => section)), cannotBeMore, '/blocks'],
    ['a carousel', modal([{ type: 'carousel', elements: [] }]), 'unsupported type: carousel', '/blocks/0/type'],
    ['a block_id twice', modal([form[0], form[0]]), '`block_id` `prompt` already exists', '/blocks/1/block_id'],
    ['a long initial value', modal([tooLong]), cannotBeLonger, '/blocks/0/element/initial_value'],
    ['an unknown field', modal(form, { submit_disabled: true }), 'invalid additional property: submit_disabled', ''],
  ])('refuses %s', async (_what, view, message, pointer) => {
    const refusal = await refusalOf((await start()).openView(view));
    const messages = [`[ERROR] ${message} [json-pointer:/view${pointer}]`];
    expect(refusal).toMatchObject({ error: 'invalid_arguments', response_metadata: { messages } });
  });

  it('refuses a view over 250 KB', async () => {
    const blocks = Array.from({ length: 90 }, () => ({ ...section, text: text('x'.repeat(2900)) }));
    expect((await refusalOf((await start()).openView(modal(blocks)))).error).toBe('view_too_large');
  });

  it('updates an open modal until it is gone', async () => {
    const { workspace, client, user, seen } = await openForm();
    const { id, hash } = seen() ?? {};
    const view = modal(form, { title: text('Second') });
    const update = () => client.apiCall('views.update', { view_id: id, view });
    await update();
    expect(seen()).toMatchObject({ id, title: 'Second' });
    expect(seen()?.hash).not.toBe(hash);
    await workspace.closeView(user);
    expect((await refusalOf(update())).error).toBe('not_found');
  });

  const prompt = (initial_value?: string, more: object = {}, blockId = 'prompt') =>
    input(blockId, { type: 'plain_text_input', initial_value, ...more });
  it.each([
    ['keeps a field of the same IDs', prompt('a wolf'), { prompt: { value: 'a hare' } }],
    ['loses it with another block_id', prompt('a wolf', {}, 'prompt_2'), { prompt_2: { value: 'a wolf' } }],
    ['loses it with another action_id', prompt('a wolf', { action_id: 'text' }), { prompt: { text: 'a wolf' } }],
    ['loses it as another kind', input('prompt', select), { prompt: { value: null } }],
  ])('an update %s', async (_what, block, values) => {
    const { workspace, user, client, seen } = await openForm([prompt('a red fox')]);
    await workspace.typeInView({ user, values: { prompt: 'a hare' } });
    await client.apiCall('views.update', { view_id: seen()?.id, view: modal([block]) });
    expect(seen()?.values).toEqual(values);
  });
});

describe('clicking and choosing in modals', () => {
  const tools = { ...buttons('suggest'), block_id: 'tools' };

  it('a click carries the documented fields and the whole form', async () => {
    const { workspace, payloads, user } = await openForm([...form, tools]);
    await workspace.clickInView({ user, actionId: 'suggest', values: { prompt: 'a hare' } });
    const prompt = { value: { type: 'plain_text_input', value: 'a hare' } };
    const style = { value: { type: 'static_select', selected_option: { value: 'ink' } } };
    const told = { view: { private_metadata: 'kept', state: { values: { prompt, style } } } };
    expect(payloads).toMatchObject([told]);
    const shared = ['team', 'user', 'token', 'enterprise', 'is_enterprise_install', 'api_app_id', 'view'];
    const own = Object.entries(payloads[0] ?? {}).filter(([name]) => !shared.includes(name));
    expect(steady(workspace, Object.fromEntries(own))).toEqual({
      type: 'block_actions',
      container: { type: 'view', view_id: expect.any(String) },
      trigger_id: expect.any(String),
      actions: [
        {
          ...tools.elements[0],
          text: { ...text('suggest'), emoji: true },
          block_id: 'tools',
          action_ts: expect.any(String),
        },
      ],
    });
  });

  it('a choice in an input with dispatch_action reaches the app', async () => {
    const told = input('kind', select, { dispatch_action: true, optional: true });
    const { workspace, payloads, user } = await openForm([told]);
    expect(await workspace.typeInView({ user, values: { kind: 'ink' } })).toMatchObject([{ acknowledged: true }]);
    expect(await workspace.typeInView({ user, values: { kind: 'ink' } })).toEqual([]);
    const chosen = { type: 'static_select', selected_option: { value: 'ink' } };
    expect(payloads).toMatchObject([
      {
        actions: [{ action_id: 'value', block_id: 'kind', ...chosen }],
        view: { state: { values: { kind: { value: chosen } } } },
      },
    ]);
  });

  it('only what is there can be pressed or chosen', async () => {
    const { workspace, user, payloads } = await openForm([...form, tools]);
    const pressed = workspace.clickInView({ user, actionId: 'delete' });
    await expect(pressed).rejects.toThrow('has no delete; it has: suggest');
    await expect(workspace.typeInView({ user, values: { style: 'oil' } })).rejects.toThrow('no option oil');
    await expect(workspace.typeInView({ user, values: { mood: 'x' } })).rejects.toThrow('no field mood');
    expect(payloads).toEqual([]);
  });
});

describe('submitting modals', () => {
  it('tells each kind of field in its own way, and closes', async () => {
    const { workspace, payloads, user, seen } = await openForm();
    await workspace.typeInView({ user, values: { prompt: 'a hare' } });
    expect(await workspace.submitView({ user, values: { shape: 'photo' } })).toEqual({ outcome: 'closed' });
    expect(seen()).toBeUndefined();
    const values = {
      prompt: { value: { type: 'plain_text_input', value: 'a hare' } },
      style: { value: { type: 'static_select', selected_option: { value: 'ink' } } },
      shape: { value: { type: 'static_select', selected_option: { value: 'photo' } } },
      note: { value: { type: 'plain_text_input', value: null } },
    };
    expect(payloads).toMatchObject([{ type: 'view_submission', response_urls: [], view: { state: { values } } }]);
  });

  it.each([
    ['a required field that is empty', { prompt: '' }, { prompt: 'Please complete this required field.' }],
    ['a required choice that was cleared', { style: null }, { style: 'Please complete this required field.' }],
    ['a text over its limit', { prompt: 'x'.repeat(21) }, { prompt: 'Must be at most 20 characters.' }],
  ])('is stopped by Slack itself for %s', async (_what, values, errors) => {
    const { workspace, user, payloads, seen } = await openForm();
    const outcome = await workspace.submitView({ user, values });
    expect(outcome).toEqual({ outcome: 'errors', refusedBy: 'slack', errors });
    expect([seen()?.errors, payloads]).toEqual([errors, []]);
  });

  it("shows the app's field errors, or another modal, and keeps what was typed", async () => {
    const errors = { prompt: 'Say what to draw.' };
    const refused = await openForm(form, { response_action: 'errors', errors });
    const values = { prompt: 'a hare' };
    const outcome = { outcome: 'errors', refusedBy: 'app', errors };
    expect(await refused.workspace.submitView({ user: refused.user, values })).toEqual(outcome);
    expect(refused.seen()).toMatchObject({ errors, values: { prompt: { value: 'a hare' } } });
    const view = modal(form, { callback_id: 'second' });
    const updated = await openForm(form, { response_action: 'update', view });
    expect(await updated.workspace.submitView({ user: updated.user, values })).toEqual({ outcome: 'updated' });
    expect(updated.seen()).toMatchObject({ callbackId: 'second', values: { prompt: { value: 'a hare' } } });
  });

  it.each([
    ['errors for an unknown field', { response_action: 'errors', errors: { colour: 'x' } }],
    ['a view that Slack would refuse', { response_action: 'update', view: modal(form, { title: text('') }) }],
    ['an unknown action', { response_action: 'explode' }],
  ])('fails if the app answers with %s', async (_what, answer) => {
    const { workspace, user, seen } = await openForm(form, answer);
    const result = await workspace.submitView({ user });
    expect(result).toEqual({ outcome: 'failed', failure: 'invalid_response_action' });
    expect(seen()?.callbackId).toBe('imagine_modal');
  });

  it('fails if the app does not answer in time', async () => {
    const { workspace, user, seen } = await openForm();
    workspace.faults.deliveries.add({ kind: 'drop', moment: 'before_ack' });
    workspace.settings.acknowledgementMs = 30;
    expect(await workspace.submitView({ user })).toEqual({ outcome: 'failed', failure: 'operation_timeout' });
    expect(seen()?.callbackId).toBe('imagine_modal');
  });

  it('closing a modal tells an app that asked to be told', async () => {
    const { workspace, user, payloads, seen } = await openForm(form, undefined, { notify_on_close: true });
    await workspace.closeView(user);
    expect(payloads).toMatchObject([{ type: 'view_closed', is_cleared: false, view: { private_metadata: 'kept' } }]);
    expect(seen()).toBeUndefined();
  });
});
