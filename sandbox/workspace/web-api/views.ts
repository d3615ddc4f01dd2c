import { z } from 'zod';
import { ApiError, invalidArguments } from '../api-error.js';
import type { Context } from '../context.js';
import type { JsonObject, OpenView } from '../model.js';
import { admitModal, openRoot, replaceModal, toldView } from '../views.js';
import { jsonArgument, type Methods, parseArguments } from './method.js';

const openArguments = z.object({ trigger_id: z.string(), view: jsonArgument(z.unknown()) });
const updateArguments = z.object({
  view_id: z.string().optional(),
  external_id: z.string().optional(),
  hash: z.string().optional(),
  view: jsonArgument(z.unknown()),
});

function open(context: Context, given: JsonObject): JsonObject {
  const wanted = parseArguments(openArguments, given);
  const modal = admitModal(context, wanted.view);
  const user = context.triggers.exchange(wanted.trigger_id);
  return { view: toldView(context, openRoot(context, user, modal)) };
}

function findView(context: Context, wanted: z.output<typeof updateArguments>): OpenView {
  if (wanted.view_id === undefined && wanted.external_id === undefined) {
    throw invalidArguments([{ message: 'must define either `view_id` or `external_id`', pointer: '' }]);
  }
  const open = [...context.state.views.values()].flat();
  const view = open.find(
    ({ id, modal }) =>
      id === wanted.view_id || (wanted.external_id !== undefined && modal.external_id === wanted.external_id),
  );
  if (!view) throw new ApiError('not_found');
  return view;
}

function update(context: Context, given: JsonObject): JsonObject {
  const wanted = parseArguments(updateArguments, given);
  const view = findView(context, wanted);
  if (wanted.hash !== undefined && wanted.hash !== view.hash) throw new ApiError('hash_conflict');
  replaceModal(context, view, admitModal(context, wanted.view, view.id));
  return { view: toldView(context, view) };
}

/** https://docs.slack.dev/reference/methods?family=views */
export const viewMethods: Methods = {
  'views.open': { token: 'bot', run: open },
  'views.update': { token: 'bot', run: update },
};
