import type { ActionElement, InputElement } from '../block-kit/elements.js';
import { byPlace, type FieldValue } from '../block-kit/fields.js';
import type { Context } from '../context.js';
import { deliver } from '../deliver.js';
import type { Acknowledgement } from '../driver.js';
import type { JsonObject, OpenView } from '../model.js';
import { toldView } from '../views.js';
import { interaction, toldAction, toldField } from './interaction.js';

/** With the form as it is: https://api.slack.com/changelog/2020-09-full-state-on-view-submisson-and-block-actions */
export function viewPayload(context: Context, type: string, view: OpenView): JsonObject {
  const values = byPlace(view.modal.blocks, view.values, (element, value) => toldField(context, element, value));
  return { ...interaction(context, type, view.user), view: toldView(context, view, values) };
}

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload: no message, no channel, no response_url. */
export function sendViewAction(
  context: Context,
  view: OpenView,
  place: { blockId: string; element: ActionElement | InputElement },
  value?: FieldValue,
): Promise<Acknowledgement> {
  const payload = {
    ...viewPayload(context, 'block_actions', view),
    container: { type: 'view', view_id: view.id },
    trigger_id: context.triggers.issue(view.user, view.id),
    actions: [toldAction(context, place, value)],
  };
  return deliver(context, { type: 'block_actions', payload });
}
