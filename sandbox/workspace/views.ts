import { z } from 'zod';
import { ApiError } from './api-error.js';
import { type Modal, modal, modalBlock } from './block-kit/blocks.js';
import { startingValues } from './block-kit/fields.js';
import { check, invalidArguments } from './block-kit/problems.js';
import { duplicateIds, imagesIn, readBack, withIds } from './block-kit/walk.js';
import type { Context } from './context.js';
import type { JsonObject, OpenView } from './model.js';

const maxViewBytes = 250_000; // https://docs.slack.dev/reference/methods/views.open, view_too_large

/** The view as Slack takes it. Throws what it is refused with. */
export function admitModal({ ids, credentials }: Context, raw: unknown): Modal {
  if (Buffer.byteLength(JSON.stringify(raw ?? null)) > maxViewBytes) throw new ApiError('view_too_large');
  const checked = check(modal, raw, '/view');
  if ('problems' in checked) throw invalidArguments(checked.problems);
  const { blocks } = checked.value;
  const readsFiles = blocks.some((block) => block.type === 'input' && block.element.type === 'file_input');
  if (readsFiles && !credentials.scopes.includes('files:read')) {
    throw new ApiError('missing_scope', { needed: 'files:read', provided: credentials.scopes.join(',') });
  }
  const problems = duplicateIds(blocks, '/view/blocks');
  if (problems.length > 0) throw invalidArguments(problems);
  return { ...checked.value, blocks: z.array(modalBlock).parse(withIds(blocks, () => ids.next('b'))) };
}

/** The views of this person's modal, the visible one last. */
export const stackOf = ({ state }: Context, user: string): readonly OpenView[] => state.views.get(user) ?? [];

/** Leaves these views of this person's modal. */
export function keepViews({ state }: Context, user: string, kept: readonly OpenView[]): void {
  if (kept.length > 0) state.views.set(user, kept);
  else state.views.delete(user);
  state.changed();
}

/** A new modal on this person's screen, in the place of any other. */
export const openModal = (context: Context, user: string, shown: Modal): OpenView => addView(context, user, [], shown);

const maxViews = 3; // https://docs.slack.dev/surfaces/modals

/** A view on top of the others. Throws `push_limit_reached`. */
export function pushModal(context: Context, user: string, shown: Modal): OpenView {
  const below = stackOf(context, user);
  if (below.length >= maxViews) throw new ApiError('push_limit_reached');
  return addView(context, user, below, shown);
}

function addView(context: Context, user: string, below: readonly OpenView[], shown: Modal): OpenView {
  const { ids } = context;
  const values = startingValues(shown.blocks);
  const view = { id: ids.next('V'), user, modal: shown, values, errors: {}, hash: ids.next('') };
  downloadImages(context, shown);
  keepViews(context, user, [...below, view]);
  return view;
}

function downloadImages({ images }: Context, { blocks }: Modal): void {
  for (const { image } of imagesIn(blocks)) if (image.image_url) images.startDownload(image.image_url);
}

/** Another modal in the place of the one in this view. Fields that both have keep their values. */
export function replaceModal(context: Context, view: OpenView, shown: Modal): void {
  const { state, ids } = context;
  const values = startingValues(shown.blocks, { blocks: view.modal.blocks, values: view.values });
  Object.assign(view, { values, modal: shown, hash: ids.next('') });
  downloadImages(context, shown);
  state.changed();
}

/** A view object, as in the Web API's answers and in view interactions. https://docs.slack.dev/reference/views */
export function toldView(context: Context, view: OpenView, values: JsonObject = {}): JsonObject {
  const { team, app } = context.state;
  const { modal: shown } = view;
  const stack = stackOf(context, view.user);
  const title = (text: object | undefined) => (text ? { emoji: true, ...text } : null);
  return {
    id: view.id,
    team_id: team.id,
    type: 'modal',
    blocks: readBack(shown.blocks),
    private_metadata: shown.private_metadata ?? '',
    callback_id: shown.callback_id ?? '',
    state: { values },
    hash: view.hash,
    title: title(shown.title),
    clear_on_close: shown.clear_on_close ?? false,
    notify_on_close: shown.notify_on_close ?? false,
    close: title(shown.close),
    submit: title(shown.submit),
    previous_view_id: stack[stack.indexOf(view) - 1]?.id ?? null,
    root_view_id: stack[0]?.id ?? view.id,
    app_id: app.id,
    external_id: '',
    app_installed_team_id: team.id,
    bot_id: app.botId,
  };
}
