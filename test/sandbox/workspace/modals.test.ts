import { describe, expect, it } from 'vitest';
import { createClock, refusalOf, steady } from './helpers.js';
import { form, input, modal, open, openForm, text, viewOf } from './modal-helpers.js';

describe('opening modals', () => {
  it('views.open shows a modal to the person who acted, and answers with the view', async () => {
    const clock = createClock();
    const { workspace, client, newTrigger } = await open(undefined, { now: clock.now });
    const view = modal([input('prompt', { type: 'plain_text_input' })]);
    const answer = await client.apiCall('views.open', { trigger_id: await newTrigger(), view });
    expect(steady(workspace, { ...answer, response_metadata: undefined })).toMatchInlineSnapshot(`
      {
        "ok": true,
        "view": {
          "app_id": "A0SANDBOX1",
          "app_installed_team_id": "T0SANDBOX1",
          "blocks": [
            {
              "block_id": "prompt",
              "element": {
                "action_id": "value",
                "type": "plain_text_input",
              },
              "label": {
                "emoji": true,
                "text": "prompt",
                "type": "plain_text",
              },
              "type": "input",
            },
          ],
          "bot_id": "B0SANDBOX1",
          "callback_id": "imagine_modal",
          "clear_on_close": false,
          "close": null,
          "external_id": "",
          "hash": "1795165200.00000004",
          "id": "V00000003",
          "notify_on_close": false,
          "previous_view_id": null,
          "private_metadata": "kept",
          "root_view_id": "V00000003",
          "state": {
            "values": {},
          },
          "submit": {
            "emoji": true,
            "text": "Imagine",
            "type": "plain_text",
          },
          "team_id": "T0SANDBOX1",
          "title": {
            "emoji": true,
            "text": "Imagine",
            "type": "plain_text",
          },
          "type": "modal",
        },
      }
    `);
    expect(viewOf(workspace)).toMatchObject({ title: 'Imagine', callbackId: 'imagine_modal', privateMetadata: 'kept' });
    expect(workspace.openView(workspace.people.ben.id)).toBeUndefined();
  });

  it('a trigger id is good for three seconds, once', async () => {
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

  it.each([
    [
      'a title over 24 characters',
      modal(form, { title: text('x'.repeat(25)) }),
      'must be less than 25 characters [json-pointer:/view/title/text]',
    ],
    [
      'inputs without a submit button',
      modal(form, { submit: undefined }),
      'missing required field: submit [json-pointer:/view/submit]',
    ],
    [
      'more than 100 blocks',
      modal(Array.from({ length: 101 }, () => ({ type: 'divider' }))),
      'no more than 100 items allowed [json-pointer:/view/blocks]',
    ],
    [
      'a carousel',
      modal([{ type: 'carousel', elements: [{ type: 'card', body: text('x') }] }]),
      'unsupported type: carousel [json-pointer:/view/blocks/0/type]',
    ],
    [
      'two fields of one block_id',
      modal([form[0], form[0]]),
      '`block_id` `prompt` already exists [json-pointer:/view/blocks/1/block_id]',
    ],
    [
      'an initial value over the limit',
      modal([input('p', { type: 'plain_text_input', initial_value: 'fox', max_length: 2 })]),
      'must be less than or equal to max_length [json-pointer:/view/blocks/0/element/initial_value]',
    ],
    [
      'an initial number out of bounds',
      modal([input('n', { type: 'number_input', is_decimal_allowed: false, initial_value: '10', max_value: '9' })]),
      'must be within min_value and max_value [json-pointer:/view/blocks/0/element/initial_value]',
    ],
    [
      'two fields that want the focus',
      modal([
        input('a', { type: 'plain_text_input', focus_on_load: true }),
        input('b', { type: 'plain_text_input', focus_on_load: true }),
      ]),
      'only one element can have focus_on_load [json-pointer:/view/blocks/1/element/focus_on_load]',
    ],
    [
      'private_metadata over 3000 characters',
      modal(form, { private_metadata: 'x'.repeat(3001) }),
      'must be less than 3001 characters [json-pointer:/view/private_metadata]',
    ],
    [
      'a field that views do not have',
      modal(form, { submit_disabled: true }),
      'invalid additional property: submit_disabled [json-pointer:/view]',
    ],
  ])('refuses a modal with %s', async (_, view, message) => {
    const { client, newTrigger } = await open();
    const refusal = await refusalOf(client.apiCall('views.open', { trigger_id: await newTrigger(), view }));
    expect(refusal).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: [`[ERROR] ${message}`] },
    });
  });

  it('refuses a view over 250 KB, and an external_id that is taken', async () => {
    const { client, newTrigger } = await open();
    const blocks = Array.from({ length: 90 }, () => ({ type: 'section', text: text('x'.repeat(2900)) }));
    const tooLarge = client.apiCall('views.open', { trigger_id: await newTrigger(), view: modal(blocks) });
    expect((await refusalOf(tooLarge)).error).toBe('view_too_large');
    const view = modal(form, { external_id: 'one' });
    await client.apiCall('views.open', { trigger_id: await newTrigger(), view });
    const taken = client.apiCall('views.open', { trigger_id: await newTrigger(), view });
    expect((await refusalOf(taken)).error).toBe('duplicate_external_id');
  });

  it('views.update changes an open modal, unless its hash is an old one or the modal is gone', async () => {
    const { workspace, client, ana } = await openForm(() => {}, form, { external_id: 'mine' });
    const { id = '', hash = '' } = viewOf(workspace) ?? {};
    const update = (args: object) =>
      client.apiCall('views.update', { view: modal(form, { title: text('Second') }), ...args });
    await update({ view_id: id, hash });
    expect(viewOf(workspace)).toMatchObject({ id, title: 'Second' });
    expect((await refusalOf(update({ view_id: id, hash }))).error).toBe('hash_conflict');
    await client.apiCall('views.update', { view: modal(form, { external_id: 'mine' }), view_id: id });
    await client.apiCall('views.update', { view: modal(form, { title: text('Third') }), external_id: 'mine' });
    expect(viewOf(workspace)?.title).toBe('Third');
    expect((await refusalOf(update({}))).error).toBe('invalid_arguments');
    await workspace.closeView(ana.id);
    expect((await refusalOf(update({ view_id: id }))).error).toBe('not_found');
  });
});
