import { z } from 'zod';
import { fromJson } from '../../http.js';
import { ApiError } from '../api-error.js';
import type { Context } from '../context.js';
import type { JsonObject } from '../model.js';
import { admitModal, openModal, pushModal, replaceModal, stackOf, toldView } from '../views.js';
import { type Methods, parseArguments } from './method.js';

const view = z.preprocess(fromJson, z.unknown());
const openArguments = z.object({ trigger_id: z.string(), view });
const updateArguments = z.object({ view_id: z.string(), view, hash: z.string().optional() });

function open(context: Context, given: JsonObject): JsonObject {
  const wanted = parseArguments(openArguments, given);
  const modal = admitModal(context, wanted.view);
  const { user } = context.triggers.exchange(wanted.trigger_id);
  return { view: toldView(context, openModal(context, user, modal)) };
}

/** On top of the view in which the person acted, while that one is still the visible one. */
function push(context: Context, given: JsonObject): JsonObject {
  const wanted = parseArguments(openArguments, given);
  const modal = admitModal(context, wanted.view);
  const { user, viewId } = context.triggers.exchange(wanted.trigger_id);
  const visible = stackOf(context, user).at(-1);
  if (viewId === undefined || visible?.id !== viewId) throw new ApiError('not_found');
  return { view: toldView(context, pushModal(context, user, modal)) };
}

function update(context: Context, given: JsonObject): JsonObject {
  const wanted = parseArguments(updateArguments, given);
  const found = [...context.state.views.values()].flat().find(({ id }) => id === wanted.view_id);
  if (!found) throw new ApiError('not_found');
  if (wanted.hash !== undefined && wanted.hash !== found.hash) throw new ApiError('hash_conflict');
  replaceModal(context, found, admitModal(context, wanted.view));
  return { view: toldView(context, found) };
}

/** https://docs.slack.dev/reference/methods?family=views */
export const viewMethods: Methods = {
  'views.open': { run: open },
  'views.push': { run: push },
  'views.update': { run: update },
};
