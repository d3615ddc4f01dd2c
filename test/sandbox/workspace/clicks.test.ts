import { describe, expect, it } from 'vitest';
import { buttons, createClock, gather, openWorkspace, postBlocks, postButtons, steady } from './helpers.js';

const select = {
  type: 'static_select',
  action_id: 'style',
  options: [
    { text: { type: 'plain_text', text: 'Photo' }, value: 'photo' },
    { text: { type: 'plain_text', text: 'Ink' }, value: 'ink' },
  ],
};

describe('clicking', () => {
  it('a click by somebody of another company tells their workspace, and the organization of the message', async () => {
    const enterprise = { id: 'E0SANDBOX', name: 'Sandbox', otherTeams: [], isInstalled: false };
    const workspace = await openWorkspace({ enterprise });
    const payloads = await gather(workspace);
    const zoe = workspace.addPerson({ name: 'zoe', teamId: 'T0ACME' });
    workspace.channels.marketing.members.add(zoe.id);
    const messageTs = await postButtons(workspace);
    await workspace.click({ user: zoe.id, channel: 'C0MARKETNG', messageTs, actionId: 'pick_2' });
    expect(payloads).toMatchObject([
      {
        user: { id: zoe.id, team_id: 'T0ACME' },
        team: { id: 'T0SANDBOX1', enterprise_id: 'E0SANDBOX' },
        enterprise: { id: 'E0SANDBOX' },
        is_enterprise_install: false,
      },
    ]);
  });

  it('a click carries the documented fields', async () => {
    const workspace = await openWorkspace(createClock());
    const payloads = await gather(workspace);
    const messageTs = await postButtons(workspace);
    const { ana } = workspace.people;
    const result = await workspace.click({ user: ana.id, channel: 'C0MARKETNG', messageTs, actionId: 'pick_2' });
    expect(result).toMatchObject({ acknowledged: true, ack: undefined });
    expect(steady(workspace, payloads[0])).toMatchInlineSnapshot(`
      {
        "actions": [
          {
            "action_id": "pick_2",
            "action_ts": "1795165200.000001",
            "block_id": "choice",
            "text": {
              "emoji": true,
              "text": "pick_2",
              "type": "plain_text",
            },
            "type": "button",
            "value": "value of pick_2",
          },
        ],
        "api_app_id": "A0SANDBOX1",
        "channel": {
          "id": "C0MARKETNG",
          "name": "marketing",
        },
        "container": {
          "channel_id": "C0MARKETNG",
          "is_ephemeral": false,
          "message_ts": "1795165200.000000",
          "type": "message",
        },
        "enterprise": null,
        "is_enterprise_install": false,
        "message": {
          "app_id": "A0SANDBOX1",
          "blocks": [
            {
              "block_id": "choice",
              "elements": [
                {
                  "action_id": "pick_1",
                  "text": {
                    "emoji": true,
                    "text": "pick_1",
                    "type": "plain_text",
                  },
                  "type": "button",
                  "value": "value of pick_1",
                },
                {
                  "action_id": "pick_2",
                  "text": {
                    "emoji": true,
                    "text": "pick_2",
                    "type": "plain_text",
                  },
                  "type": "button",
                  "value": "value of pick_2",
                },
              ],
              "type": "actions",
            },
          ],
          "bot_id": "B0SANDBOX1",
          "team": "T0SANDBOX1",
          "text": "Four foxes",
          "ts": "1795165200.000000",
          "type": "message",
          "user": "U0SANDBOT1",
        },
        "response_url": "http://slack/actions/T0SANDBOX1/1/r00000002",
        "state": {
          "values": {},
        },
        "team": {
          "domain": "sandbox",
          "id": "T0SANDBOX1",
        },
        "token": "sandbox-verification-token",
        "trigger_id": "1795165200000.1.00000001",
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

  it('a click on an ephemeral message says so and brings no message', async () => {
    const workspace = await openWorkspace();
    const payloads = await gather(workspace);
    const { ana, ben } = workspace.people;
    const messageTs = await postBlocks(workspace, [buttons('pick')], { user: ana.id });
    const place = { channel: 'C0MARKETNG', messageTs, actionId: 'pick' };
    await workspace.click({ user: ana.id, ...place });
    expect(payloads).toMatchObject([
      { container: { is_ephemeral: true, message_ts: messageTs, channel_id: 'C0MARKETNG' } },
    ]);
    expect(payloads[0]).not.toHaveProperty('message');
    await expect(workspace.click({ user: ben.id, ...place })).rejects.toThrow('sees no message');
  });

  it('a click in a thread names the thread', async () => {
    const workspace = await openWorkspace();
    const payloads = await gather(workspace);
    const { ana } = workspace.people;
    const parent = workspace.post({ channel: 'C0MARKETNG', user: ana.id, text: 'A draft' });
    const messageTs = await postButtons(workspace, { thread_ts: parent.ts });
    await workspace.click({ user: ana.id, channel: 'C0MARKETNG', messageTs, actionId: 'pick_1' });
    expect(payloads).toMatchObject([{ container: { thread_ts: parent.ts }, message: { thread_ts: parent.ts } }]);
  });

  it('a choice from a menu carries the option', async () => {
    const workspace = await openWorkspace();
    const payloads = await gather(workspace);
    const messageTs = await postBlocks(workspace, [{ type: 'actions', elements: [select] }]);
    const place = { user: workspace.people.ana.id, channel: 'C0MARKETNG', messageTs, actionId: 'style' };
    await workspace.click({ ...place, selected: ['ink'] });
    expect(payloads).toMatchObject([{ actions: [{ type: 'static_select', selected_option: { value: 'ink' } }] }]);
    await expect(workspace.click({ ...place, selected: ['oil'] })).rejects.toThrow('no option oil');
  });

  it('a click on a card of a carousel names the card', async () => {
    const workspace = await openWorkspace();
    const payloads = await gather(workspace);
    const card = (id: string) => ({
      type: 'card',
      block_id: `card-${id}`,
      title: { type: 'mrkdwn', text: id },
      actions: buttons(id).elements,
    });
    const messageTs = await postBlocks(workspace, [{ type: 'carousel', elements: [card('a'), card('b')] }]);
    const place = { user: workspace.people.ana.id, channel: 'C0MARKETNG', messageTs };
    await workspace.click({ ...place, actionId: 'b' });
    expect(payloads).toMatchObject([{ actions: [{ block_id: 'card-b', action_id: 'b', value: 'value of b' }] }]);
  });

  it('a press that the person takes back in the confirmation sends nothing', async () => {
    const workspace = await openWorkspace();
    const payloads = await gather(workspace);
    const confirm = { text: { type: 'plain_text', text: 'Delete all four?' } };
    const [asking] = buttons('delete').elements;
    const messageTs = await postBlocks(workspace, [
      { type: 'actions', elements: [{ ...asking, confirm }, ...buttons('pick').elements] },
    ]);
    const place = { user: workspace.people.ana.id, channel: 'C0MARKETNG', messageTs, actionId: 'delete' };
    const cancelled = await workspace.click({ ...place, confirm: false });
    expect(cancelled).toEqual({ acknowledged: false, failure: 'cancelled' });
    expect(payloads).toEqual([]);
    await workspace.click(place);
    expect(payloads).toMatchObject([{ actions: [{ action_id: 'delete' }] }]);
    const unasked = workspace.click({ ...place, actionId: 'pick', confirm: false });
    await expect(unasked).rejects.toThrow('pick asks for no confirmation.');
  });

  it('nobody can press what is not there', async () => {
    const workspace = await openWorkspace();
    const messageTs = await postButtons(workspace);
    const asked = workspace.click({
      user: workspace.people.ana.id,
      channel: 'C0MARKETNG',
      messageTs,
      actionId: 'pick_3',
    });
    await expect(asked).rejects.toThrow('has no pick_3; it has: pick_1, pick_2.');
  });

  it("another app's buttons are not the app's", async () => {
    const workspace = await openWorkspace();
    const { ts } = workspace.post({ channel: 'C0MARKETNG', blocks: [buttons('pick')] });
    const place = { user: workspace.people.ana.id, channel: 'C0MARKETNG', messageTs: ts, actionId: 'pick' };
    await expect(workspace.click(place)).rejects.toThrow("is not the app's");
  });
});
