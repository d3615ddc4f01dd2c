import { describe, expect, it } from 'vitest';
import { form, input, modal, openForm, text } from './forms.js';
import { buttons, refusalOf } from './helpers.js';

const clicks = { ...buttons('open'), block_id: 'clicks' };
const blocks = [...form, clicks];
const words = input('words', { type: 'plain_text_input' }, { optional: true });
const pushed = (title: string, more: object = {}) => modal([words, clicks], { title: text(title), ...more });

/** A modal to which views can be pushed by a click. `answers`: what the next submissions are answered with. */
async function openStack(more: object = {}) {
  const answers: unknown[] = [];
  const started = await openForm(blocks, () => answers.shift(), more);
  const { workspace, user, client, payloads } = started;
  const clickFor = async (): Promise<string> => {
    await workspace.clickInView({ user, actionId: 'open' });
    return String(payloads.pop()?.trigger_id);
  };
  const push = async (view: object) => client.apiCall('views.push', { trigger_id: await clickFor(), view });
  return { ...started, answers, clickFor, push };
}

describe('pushing views', () => {
  it('shows the view on top, tells which view it came from, and keeps what was typed below', async () => {
    const { workspace, user, push, seen } = await openStack();
    const root = seen()?.id;
    await workspace.typeInView({ user, values: { prompt: 'a hare' } });
    const second = Object(await push(pushed('Replace'))).view;
    expect(second).toMatchObject({ root_view_id: root, previous_view_id: root });
    expect(seen()).toMatchObject({ id: second.id, title: 'Replace', below: 1 });
    const third = Object(await push(pushed('Recolor'))).view;
    expect(third).toMatchObject({ root_view_id: root, previous_view_id: second.id });
    await workspace.closeView(user);
    expect(seen()).toMatchObject({ title: 'Replace', below: 1 });
    await workspace.closeView(user);
    expect(seen()).toMatchObject({ id: root, below: 0, values: { prompt: { value: 'a hare' } } });
  });

  it('takes at most three views, root included', async () => {
    const { push, seen } = await openStack();
    await push(pushed('Second'));
    await push(pushed('Third'));
    expect((await refusalOf(push(pushed('Fourth')))).error).toBe('push_limit_reached');
    expect(seen()).toMatchObject({ title: 'Third', below: 2 });
  });

  it('needs a trigger of the view that is visible, within three seconds, once', async () => {
    const { client, newTrigger, clickFor, push } = await openStack();
    const pushWith = (trigger_id: string) => client.apiCall('views.push', { trigger_id, view: pushed('Replace') });
    expect((await refusalOf(pushWith(await newTrigger()))).error).toBe('not_found');
    const early = await clickFor();
    await push(pushed('Replace'));
    expect((await refusalOf(pushWith(early))).error).toBe('not_found');
    expect((await refusalOf(pushWith(early))).error).toBe('exchanged_trigger_id');
    expect((await refusalOf(pushWith('nonsense'))).error).toBe('invalid_trigger_id');
  });

  it('leaves every view of the stack to views.update', async () => {
    const { workspace, user, client, push, seen } = await openStack();
    const view_id = seen()?.id;
    await push(pushed('Replace'));
    await client.apiCall('views.update', { view_id, view: modal(blocks, { title: text('Changed') }) });
    expect(seen()?.title).toBe('Replace');
    await workspace.closeView(user);
    expect(seen()).toMatchObject({ id: view_id, title: 'Changed' });
  });
});

describe('submitting a pushed view', () => {
  it('closes it alone, and shows the one below again', async () => {
    const { workspace, user, payloads, push, seen } = await openStack();
    await push(pushed('Replace', { callback_id: 'replace' }));
    expect(await workspace.submitView({ user, values: { words: 'a wolf' } })).toEqual({ outcome: 'closed' });
    const state = { values: { words: { value: { value: 'a wolf' } } } };
    expect(payloads).toMatchObject([{ view: { callback_id: 'replace', state, previous_view_id: seen()?.id } }]);
    expect(seen()).toMatchObject({ title: 'Imagine', below: 0 });
  });

  it('clears all views, or updates it, or pushes another, or shows errors, as the app answers', async () => {
    const { workspace, user, answers, push, seen } = await openStack();
    await push(pushed('Replace'));
    answers.push(
      { response_action: 'errors', errors: { words: 'Say what.' } },
      { response_action: 'update', view: pushed('Replaced') },
      { response_action: 'push', view: pushed('Confirm') },
      { response_action: 'push', view: pushed('Too many') },
      { response_action: 'clear' },
    );
    const submit = async () => {
      const { outcome } = await workspace.submitView({ user });
      return [outcome, seen()?.title, seen()?.below];
    };
    expect(await submit()).toEqual(['errors', 'Replace', 1]);
    expect(await submit()).toEqual(['updated', 'Replaced', 1]);
    expect(await submit()).toEqual(['pushed', 'Confirm', 2]);
    expect(await submit()).toEqual(['failed', 'Confirm', 2]);
    expect(await submit()).toEqual(['cleared', undefined, undefined]);
  });

  it('closes what the app pushed with a call of its own before it answered, not what was submitted', async () => {
    const answer = ({ trigger_id }: { trigger_id: string }) =>
      started.client.apiCall('views.push', { trigger_id, view: pushed('Done') }).then(() => undefined);
    const started = await openForm(blocks, answer);
    expect(await started.workspace.submitView({ user: started.user })).toEqual({ outcome: 'closed' });
    expect(started.seen()).toMatchObject({ title: 'Imagine', below: 0 });
  });
});

describe('closing views', () => {
  const notify = { notify_on_close: true };

  it.each([
    ['its close button', 'closeView', {}, false, 'Imagine'],
    ['its close button, if it clears all', 'closeView', { clear_on_close: true }, true, undefined],
    ['the X', 'dismissView', {}, true, undefined],
  ] as const)('a pushed view by %s tells the app', async (_what, close, more, is_cleared, title) => {
    const { workspace, user, payloads, push, seen } = await openStack(notify);
    const root = seen()?.id;
    await push(pushed('Replace', { ...notify, ...more }));
    await workspace[close](user);
    const view = { title: { text: 'Replace' }, root_view_id: root, previous_view_id: root };
    expect(payloads).toMatchObject([{ type: 'view_closed', is_cleared, view }]);
    expect(payloads).toHaveLength(1);
    expect(seen()?.title).toBe(title);
  });
});
