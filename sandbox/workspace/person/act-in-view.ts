import { type Field, isTyped } from '../block-kit/fields.js';
import type { InputBlock } from '../block-kit/inputs.js';
import { actionsIn } from '../block-kit/walk.js';
import type { Context } from '../context.js';
import { deliver } from '../deliver.js';
import type { Acknowledgement, ClickResult } from '../driver.js';
import { valuesOf } from '../field-values.js';
import type { SubmittedValues, TypeInput, ViewClickInput } from '../inputs.js';
import type { OpenView } from '../model.js';
import { type AnyElement, actionOf, isCancelled } from './choose.js';
import { putInto, putTyped } from './fill-in.js';
import { screenOf, viewPayload } from './screen.js';

interface Place {
  blockId: string;
  element: AnyElement;
  input?: InputBlock | undefined;
}

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload: no message, no channel, no response_url. */
function sendAction(
  context: Context,
  view: OpenView,
  { blockId, element }: Place,
  values: readonly string[],
): Promise<Acknowledgement> {
  const payload = {
    ...viewPayload(context, 'block_actions', view),
    container: { type: 'view', view_id: view.id },
    trigger_id: context.triggers.issue(view.user),
    actions: [
      {
        action_id: element.action_id,
        block_id: blockId,
        ...actionOf(element, values),
        action_ts: context.ids.timestamp(),
      },
    ],
  };
  return deliver(context, { type: 'block_actions', payload });
}

const isToldOn = (element: Field['element'], event: 'on_enter_pressed' | 'on_character_entered'): boolean =>
  isTyped(element) && (element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed']).includes(event);

/** Whether the app hears of a change before the modal is submitted: a choice, or text that it wants letter by letter. */
const tellsChanges = ({ element, input }: Field): boolean =>
  input?.dispatch_action === true && (!isTyped(element) || isToldOn(element, 'on_character_entered'));

/** Fills in input blocks, and tells the app what it asked to be told of that: one delivery for each such field. */
export async function enter(context: Context, view: OpenView, typed: SubmittedValues): Promise<Acknowledgement[]> {
  const changed = putTyped(view, typed);
  if (changed.length > 0) context.state.changed();
  const results: Acknowledgement[] = [];
  for (const field of changed.filter(tellsChanges)) {
    results.push(await sendAction(context, view, field, valuesOf(view.values, field)));
  }
  return results;
}

function findPlace(view: OpenView, { actionId, blockId }: ViewClickInput): Place {
  const places: Place[] = view.modal.blocks.flatMap((block): Place[] =>
    block.type === 'input'
      ? [{ blockId: block.block_id ?? '', element: block.element, input: block }]
      : actionsIn([block]),
  );
  const found = places.find(
    (place) => place.element.action_id === actionId && place.blockId === (blockId ?? place.blockId),
  );
  if (found) return found;
  const there = places.map(({ element }) => element.action_id).join(', ');
  throw new Error(`The modal ${view.id} has no ${actionId}; it has: ${there || 'nothing'}.`);
}

/** Chooses, or presses enter in a text; what the element then holds, undefined for a button or an overflow menu. */
function act(view: OpenView, { blockId, element, input }: Place, selected: readonly string[]): readonly string[] {
  if (element.type === 'button' || element.type === 'overflow') return selected;
  const field = { blockId, element, input };
  if (input && !input.dispatch_action) {
    throw new Error(`${element.action_id} tells the app nothing before the modal is submitted.`);
  }
  if (!isTyped(element)) putInto(view, field, selected);
  else if (!isToldOn(element, 'on_enter_pressed')) throw new Error(`${element.action_id} is not told on enter.`);
  return valuesOf(view.values, field);
}

/** Presses or chooses something in the modal on top, after typing. */
export async function clickInView(context: Context, input: ViewClickInput): Promise<ClickResult> {
  const view = screenOf(context, input.user);
  await enter(context, view, input.values ?? {});
  const place = findPlace(view, input);
  if (isCancelled(place.element, input.confirm)) return { acknowledged: false, failure: 'cancelled' };
  const values = act(view, place, input.selected ?? []);
  context.state.changed();
  return sendAction(context, view, place, values);
}

export async function typeInView(context: Context, { user, values }: TypeInput): Promise<readonly Acknowledgement[]> {
  return enter(context, screenOf(context, user), values);
}
