import type { Context } from '../context.js';
import type { JsonObject, OpenView } from '../model.js';
import type { SeenView } from '../seen.js';
import { topView } from '../state.js';
import { toldView } from '../views.js';
import { seenValues, stateOf } from './fill-in.js';
import { interaction, knownPerson } from './interaction.js';

/** The modal on top of this person's screen; throws where there is none. */
export function screenOf(context: Context, user: string): OpenView {
  const view = topView(context.state, user);
  if (!view) throw new Error(`${user} has no modal open.`);
  return view;
}

export function seenView(view: OpenView): SeenView {
  const { modal } = view;
  return {
    id: view.id,
    hash: view.hash,
    callbackId: modal.callback_id ?? '',
    title: modal.title.text,
    submit: modal.submit?.text,
    close: modal.close?.text,
    privateMetadata: modal.private_metadata ?? '',
    blocks: modal.blocks,
    values: seenValues(view),
    errors: view.errors,
  };
}

/** What an interaction with a modal tells, with the form as it stands. */
export function viewPayload(context: Context, type: string, view: OpenView): JsonObject {
  return {
    ...interaction(context, type, knownPerson(context, view.user)),
    view: toldView(context, view, stateOf(view)),
  };
}
