import type { ViewSubmitAction } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { createClock, steady } from './helpers.js';
import { form, input, modal, openForm, text, viewOf } from './modal-helpers.js';

describe('submitting modals', () => {
  it('a submission carries the documented fields, with what the person left as it was', async () => {
    const payloads: unknown[] = [];
    const opened = await openForm(
      (app) => {
        app.view('imagine_modal', async ({ ack, body }) => {
          payloads.push(body);
          await ack();
        });
      },
      [input('prompt', { type: 'plain_text_input', initial_value: 'a red fox' })],
      {},
      createClock(),
    );
    const result = await opened.workspace.submitView({ user: opened.ana.id });
    expect(result).toMatchObject({ outcome: 'closed', ack: {} });
    expect(viewOf(opened.workspace)).toBeUndefined();
    expect(steady(opened.workspace, payloads[0])).toMatchInlineSnapshot(`
      {
        "api_app_id": "A0SANDBOX1",
        "enterprise": null,
        "is_enterprise_install": false,
        "response_urls": [],
        "team": {
          "domain": "sandbox",
          "id": "T0SANDBOX1",
        },
        "token": "sandbox-verification-token",
        "trigger_id": "1795165200000.2.00000005",
        "type": "view_submission",
        "user": {
          "id": "U000000ANA",
          "name": "ana",
          "team_id": "T0SANDBOX1",
          "username": "ana",
        },
        "view": {
          "app_id": "A0SANDBOX1",
          "app_installed_team_id": "T0SANDBOX1",
          "blocks": [
            {
              "block_id": "prompt",
              "element": {
                "action_id": "value",
                "initial_value": "a red fox",
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
            "values": {
              "prompt": {
                "value": {
                  "type": "plain_text_input",
                  "value": "a red fox",
                },
              },
            },
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
  });

  it('tells each kind of field in its own way', async () => {
    let values: ViewSubmitAction['view']['state']['values'] = {};
    const { workspace, ana } = await openForm((app) => {
      app.view('imagine_modal', async ({ ack, view }) => {
        values = view.state.values;
        await ack();
      });
    });
    await workspace.submitView({ user: ana.id, values: { prompt: 'a hare', seed: '7', extras: ['private'] } });
    expect(values).toMatchObject({
      prompt: { value: { type: 'plain_text_input', value: 'a hare' } },
      seed: { value: { type: 'number_input', value: '7' } },
      style: { value: { type: 'static_select', selected_option: { value: 'ink' } } },
      shape: { value: { type: 'radio_buttons', selected_option: null } },
      extras: { value: { type: 'checkboxes', selected_options: [{ value: 'private' }] } },
    });
  });

  it.each([
    ['a required field that is empty', { prompt: '' }, { prompt: 'Please complete this required field.' }],
    ['a required choice that was cleared', { style: null }, { style: 'Please complete this required field.' }],
    ['a text over its limit', { prompt: 'x'.repeat(21) }, { prompt: 'Must be at most 20 characters.' }],
    ['a number that is none', { seed: '1.5' }, { seed: 'Please enter a valid number.' }],
    ['a number out of bounds', { seed: '10' }, { seed: 'Please enter a number within the limits.' }],
  ])('Slack itself stops %s', async (_, values, errors) => {
    const { workspace, ana } = await openForm(() => {});
    expect(await workspace.submitView({ user: ana.id, values })).toEqual({
      outcome: 'errors',
      refusedBy: 'slack',
      errors,
    });
    expect(viewOf(workspace)?.errors).toEqual(errors);
  });

  it("shows the app's field errors in the modal, which stays open", async () => {
    const errors = { prompt: 'Say what to draw.' };
    const { workspace, ana } = await openForm((app) => {
      app.view('imagine_modal', ({ ack }) => ack({ response_action: 'errors', errors }));
    });
    expect(await workspace.submitView({ user: ana.id })).toEqual({ outcome: 'errors', refusedBy: 'app', errors });
    expect(viewOf(workspace)?.errors).toEqual(errors);
  });

  it('updates, pushes and clears as the app answers', async () => {
    const { workspace, ana } = await openForm((app) => {
      app.view('imagine_modal', ({ ack }) =>
        ack({ response_action: 'update', view: { type: 'modal', ...second, callback_id: 'second' } }),
      );
      app.view('second', ({ ack }) =>
        ack({ response_action: 'push', view: { type: 'modal', ...second, callback_id: 'third' } }),
      );
      app.view('third', ({ ack }) => ack({ response_action: 'clear' }));
    });
    const first = viewOf(workspace);
    expect((await workspace.submitView({ user: ana.id })).outcome).toBe('updated');
    expect(viewOf(workspace)).toMatchObject({ id: first?.id, callbackId: 'second' });
    expect((await workspace.submitView({ user: ana.id })).outcome).toBe('pushed');
    expect(viewOf(workspace)).toMatchObject({ callbackId: 'third' });
    await workspace.closeView(ana.id);
    expect(viewOf(workspace)?.callbackId).toBe('second');
    await workspace.submitView({ user: ana.id });
    expect((await workspace.submitView({ user: ana.id })).outcome).toBe('cleared');
    expect(viewOf(workspace)).toBeUndefined();
  });

  it('holds three views on top of each other, and no more', async () => {
    const { workspace, ana } = await openForm((app) => {
      app.view('imagine_modal', ({ ack }) =>
        ack({ response_action: 'push', view: { type: 'modal', ...second, callback_id: 'imagine_modal' } }),
      );
    });
    const outcomes = [];
    for (let depth = 1; depth <= 3; depth += 1) outcomes.push(await workspace.submitView({ user: ana.id }));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['pushed', 'pushed', 'failed']);
  });

  it.each([
    ['errors for a field that there is not', { response_action: 'errors', errors: { colour: 'x' } }],
    ['a view that Slack would refuse', { response_action: 'update', view: modal(form, { title: text('') }) }],
    ['an action of no known kind', { response_action: 'explode' }],
  ])('fails for the person when the app answers with %s', async (_, answer) => {
    const { workspace, ana } = await openForm((app) => {
      app.use(async ({ ack, body, next }) => {
        if (body.type !== 'view_submission' || ack === undefined) return next();
        await Reflect.apply(ack, undefined, [answer]);
      });
    });
    const result = await workspace.submitView({ user: ana.id });
    expect(result).toEqual({ outcome: 'failed', failure: 'invalid_response_action' });
    expect(viewOf(workspace)?.callbackId).toBe('imagine_modal');
  });

  it('stays open when the app does not answer in time', async () => {
    const { workspace, ana } = await openForm((app) => {
      app.view('imagine_modal', async () => {});
    });
    workspace.settings.acknowledgementMs = 30;
    expect(await workspace.submitView({ user: ana.id })).toEqual({ outcome: 'failed', failure: 'operation_timeout' });
    expect(viewOf(workspace)?.callbackId).toBe('imagine_modal');
  });

  it('closing a modal tells the app where it asked to be told', async () => {
    const payloads: unknown[] = [];
    const { workspace, ana } = await openForm(
      (app) => {
        app.view({ type: 'view_closed', callback_id: 'imagine_modal' }, async ({ ack, body }) => {
          payloads.push(body);
          await ack();
        });
      },
      form,
      { notify_on_close: true },
    );
    await workspace.closeView(ana.id);
    expect(payloads).toMatchObject([
      { type: 'view_closed', is_cleared: false, view: { callback_id: 'imagine_modal', private_metadata: 'kept' } },
    ]);
    expect(viewOf(workspace)).toBeUndefined();
  });

  it('knows no field that the modal does not have', async () => {
    const { workspace, ana } = await openForm(() => {});
    const asked = workspace.submitView({ user: ana.id, values: { colour: 'red' } });
    await expect(asked).rejects.toThrow('The modal has no field colour.');
  });
});

const second = {
  title: { type: 'plain_text' as const, text: 'Second' },
  submit: { type: 'plain_text' as const, text: 'Next' },
  blocks: [{ type: 'divider' }],
};
