import { describe, expect, it } from 'vitest';
import { input, modal, openForm, option, viewOf } from './modal-helpers.js';

const prompt = (more: object = {}, blockId = 'prompt') =>
  input(blockId, { type: 'plain_text_input', initial_value: 'a red fox', ...more });
const style = (values: readonly string[]) =>
  input('style', { type: 'static_select', options: values.map(option), initial_option: option(values[0] ?? '') });

describe('typing in modals', () => {
  it('typing leaves the modal open, and the submission starts from it', async () => {
    let submitted = {};
    const { workspace, ana } = await openForm((app) => {
      app.view('imagine_modal', async ({ ack, view }) => {
        submitted = view.state.values;
        await ack();
      });
    });
    const user = ana.id;
    expect(await workspace.typeInView({ user, values: { prompt: 'a hare', extras: ['private', 'seedless'] } })).toEqual(
      [],
    );
    const typed = {
      prompt: { value: 'a hare' },
      seed: { value: null },
      style: { value: 'ink' },
      shape: { value: null },
    };
    expect(viewOf(workspace)?.values).toEqual({ ...typed, extras: { value: ['private', 'seedless'] } });
    await workspace.submitView({ user, values: { seed: '7' } });
    expect(submitted).toMatchObject({ prompt: { value: { value: 'a hare' } }, seed: { value: { value: '7' } } });
  });

  it('a refused submission keeps what was typed', async () => {
    const errors = { prompt: 'Say what to draw.' };
    const { workspace, ana } = await openForm((app) => {
      app.view('imagine_modal', ({ ack }) => ack({ response_action: 'errors', errors }));
    });
    const tooLong = 'x'.repeat(21);
    await workspace.submitView({ user: ana.id, values: { prompt: tooLong } });
    expect(viewOf(workspace)?.values.prompt).toEqual({ value: tooLong });
    await workspace.submitView({ user: ana.id, values: { prompt: 'a hare' } });
    expect(viewOf(workspace)).toMatchObject({ errors, values: { prompt: { value: 'a hare' } } });
    await expect(workspace.typeInView({ user: ana.id, values: { seed: '1', style: 'oil' } })).rejects.toThrow(
      'no option oil',
    );
    expect(viewOf(workspace)?.values.seed).toEqual({ value: null });
  });

  it('an update keeps what stands in a field of the same ids, whatever its initial value', async () => {
    const { workspace, ana, client } = await openForm(
      (app) => {
        app.use(async ({ ack, body, next }) => {
          if (body.type !== 'view_submission' || ack === undefined) return next();
          await Reflect.apply(ack, undefined, [{ response_action: 'update', view: again }]);
        });
      },
      [prompt(), prompt({}, 'cleared'), prompt({}, 'untouched'), style(['photo', 'ink'])],
    );
    const later = { initial_value: 'a wolf' };
    const again = modal([prompt(later), prompt(later, 'cleared'), prompt(later, 'untouched'), style(['oil', 'ink'])]);
    await workspace.typeInView({ user: ana.id, values: { prompt: 'a hare', cleared: null, style: 'ink' } });
    await client.apiCall('views.update', { view_id: viewOf(workspace)?.id, view: again });
    const kept = {
      prompt: { value: 'a hare' },
      cleared: { value: null },
      untouched: { value: 'a red fox' },
      style: { value: 'ink' },
    };
    expect(viewOf(workspace)?.values).toEqual(kept);
    await workspace.submitView({ user: ana.id, values: { cleared: 'an owl' } });
    expect(viewOf(workspace)?.values).toEqual({ ...kept, cleared: { value: 'an owl' } });
  });

  it.each([
    ['its block_id changes', prompt({ initial_value: 'a wolf' }, 'prompt_2'), { prompt_2: { value: 'a wolf' } }],
    ['its action_id changes', prompt({ action_id: 'text' }), { prompt: { text: 'a red fox' } }],
    [
      'it becomes another kind',
      input('prompt', { type: 'number_input', is_decimal_allowed: false }),
      { prompt: { value: null } },
    ],
  ])('an update loses what stood in a field when %s', async (_, block, values) => {
    const { workspace, ana, client } = await openForm(() => {}, [prompt()]);
    await workspace.typeInView({ user: ana.id, values: { prompt: 'a hare' } });
    await client.apiCall('views.update', { view_id: viewOf(workspace)?.id, view: modal([block]) });
    expect(viewOf(workspace)?.values).toEqual(values);
  });

  it('an update fills a field that nobody has touched, if it came empty', async () => {
    const { workspace, ana, client } = await openForm(() => {}, [prompt({ initial_value: undefined }), style(['ink'])]);
    await workspace.typeInView({ user: ana.id, values: { style: 'ink' } });
    const view = modal([prompt({ initial_value: 'a wolf' }), style(['photo'])]);
    await client.apiCall('views.update', { view_id: viewOf(workspace)?.id, view });
    expect(viewOf(workspace)?.values).toEqual({ prompt: { value: 'a wolf' }, style: { value: 'photo' } });
  });
});
