import { z } from 'zod';
import { ApiError, invalidArguments } from './api-error.js';
import { modalBlock } from './block-kit/blocks.js';
import { readBack, withIds } from './block-kit/complete.js';
import { type Modal, modal } from './block-kit/modal.js';
import { check } from './block-kit/problems.js';
import { duplicateIds, rivalFocus } from './block-kit/unique.js';
import type { Context } from './context.js';
import { startingValues } from './field-values.js';
import type { JsonObject, OpenView } from './model.js';

const sizeLimit = 250_000; // bytes; https://docs.slack.dev/reference/methods/views.open, view_too_large
const depthLimit = 3; // a modal and two pushed onto it

function refuseTakenExternalId(context: Context, view: Modal, replaces: string | undefined): void {
  const taken = [...context.state.views.values()]
    .flat()
    .some(({ id, modal: open }) => id !== replaces && open.external_id && open.external_id === view.external_id);
  if (taken) throw new ApiError('duplicate_external_id');
}

/** The view as Slack takes it; throws what it is refused with. `replaces`: the id of the view that this one takes the place of. */
export function admitModal(context: Context, raw: unknown, replaces?: string): Modal {
  if (Buffer.byteLength(JSON.stringify(raw ?? null)) > sizeLimit) throw new ApiError('view_too_large');
  const checked = check(modal, raw, '/view');
  if ('problems' in checked) throw invalidArguments(checked.problems);
  const { blocks } = checked.value;
  const problems = [...duplicateIds(blocks, '/view/blocks'), ...rivalFocus(blocks, '/view/blocks')];
  if (problems.length > 0) throw invalidArguments(problems);
  refuseTakenExternalId(context, checked.value, replaces);
  return { ...checked.value, blocks: z.array(modalBlock).parse(withIds(blocks, () => context.ids.next('b'))) };
}

const newHash = (context: Context): string =>
  `${Math.floor(context.now().getTime() / 1000)}.${context.ids.next('').toLowerCase()}`;

const freshForm = (modal: Modal) => ({ modal, values: startingValues(modal), errors: {} });

/** Another modal in the place of the one in this view. What stands in fields that both have stays. */
export function replaceModal(context: Context, view: OpenView, modal: Modal): void {
  view.values = startingValues(modal, view);
  view.modal = modal;
  view.hash = newHash(context);
  context.state.changed();
}

/** A new modal on this person's screen, in the place of any other. */
export function openRoot(context: Context, user: string, view: Modal): OpenView {
  const id = context.ids.next('V');
  const opened: OpenView = { ...freshForm(view), id, user, hash: newHash(context), rootId: id };
  context.state.views.set(user, [opened]);
  context.state.changed();
  return opened;
}

/** A modal on top of another; undefined where there are three already. */
export function pushView(context: Context, below: OpenView, view: Modal): OpenView | undefined {
  const stack = context.state.views.get(below.user) ?? [];
  if (stack.length >= depthLimit) return undefined;
  const pushed: OpenView = {
    ...freshForm(view),
    id: context.ids.next('V'),
    user: below.user,
    hash: newHash(context),
    rootId: below.rootId,
    previousId: below.id,
  };
  stack.push(pushed);
  context.state.changed();
  return pushed;
}

/** A view object, as in the Web API's answers and in view interactions. https://docs.slack.dev/reference/views */
export function toldView(context: Context, view: OpenView, values: JsonObject = {}): JsonObject {
  const { team, app } = context.state;
  const { modal: shown } = view;
  const title = (text: object | undefined) => (text ? { emoji: true, ...text } : null);
  return {
    id: view.id,
    team_id: team.id,
    type: 'modal',
    blocks: readBack(shown.blocks, () => undefined),
    private_metadata: shown.private_metadata ?? '',
    callback_id: shown.callback_id ?? '',
    state: { values },
    hash: view.hash,
    title: title(shown.title),
    clear_on_close: shown.clear_on_close ?? false,
    notify_on_close: shown.notify_on_close ?? false,
    close: title(shown.close),
    submit: title(shown.submit),
    previous_view_id: view.previousId ?? null,
    root_view_id: view.rootId,
    app_id: app.id,
    external_id: shown.external_id ?? '',
    app_installed_team_id: team.id,
    bot_id: app.botId,
  };
}
