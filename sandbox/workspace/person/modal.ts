import { z } from 'zod';
import { ApiError } from '../api-error.js';
import type { InputBlock, Modal } from '../block-kit/blocks.js';
import type { ActionElement, InputElement } from '../block-kit/elements.js';
import { byPlace, keyOf, toldValue, withChoice, withValue } from '../block-kit/fields.js';
import { actionsIn } from '../block-kit/walk.js';
import type { Context } from '../context.js';
import { deliver } from '../deliver.js';
import type {
  Acknowledgement,
  ChooseInViewInput,
  Submission,
  SubmitInput,
  SubmittedValues,
  TypeInput,
  ViewClickInput,
} from '../driver.js';
import type { JsonObject, OpenView } from '../model.js';
import type { SeenView } from '../seen.js';
import { admitModal, replaceModal, toldView } from '../views.js';
import { findAction, interaction, toldAction } from './interaction.js';

function screenOf({ state }: Context, user: string): OpenView {
  const view = state.views.get(user);
  if (!view) throw new Error(`${user} has no modal open.`);
  return view;
}

export function openView({ state }: Context, user: string): SeenView | undefined {
  const view = state.views.get(user);
  if (!view) return undefined;
  const { id, hash, modal, errors } = view;
  return {
    id,
    hash,
    callbackId: modal.callback_id ?? '',
    title: modal.title.text,
    submit: modal.submit?.text,
    close: modal.close?.text,
    privateMetadata: modal.private_metadata ?? '',
    blocks: modal.blocks,
    values: byPlace(modal.blocks, view.values, (_element, value) => value ?? null),
    errors,
  };
}

/** With the form as it is: https://api.slack.com/changelog/2020-09-full-state-on-view-submisson-and-block-actions */
function viewPayload(context: Context, type: string, view: OpenView): JsonObject {
  const values = byPlace(view.modal.blocks, view.values, toldValue);
  return { ...interaction(context, type, view.user), view: toldView(context, view, values) };
}

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload: no message, no channel, no response_url. */
function sendAction(
  context: Context,
  view: OpenView,
  place: { blockId: string; element: ActionElement | InputElement },
  value?: string,
): Promise<Acknowledgement> {
  const payload = {
    ...viewPayload(context, 'block_actions', view),
    container: { type: 'view', view_id: view.id },
    trigger_id: context.triggers.issue(view.user),
    actions: [toldAction(context, place, value)],
  };
  return deliver(context, { type: 'block_actions', payload });
}

const inputsIn = ({ blocks }: Modal): InputBlock[] => blocks.filter((block) => block.type === 'input');

const fieldOf = ({ block_id: blockId = '', element }: InputBlock) => ({ blockId, element });

/** Fills in input blocks and tells the app of each changed one with `dispatch_action`. */
async function enter(context: Context, view: OpenView, typed: SubmittedValues): Promise<Acknowledgement[]> {
  const inputs = inputsIn(view.modal);
  const unknown = Object.keys(typed).filter((id) => inputs.every(({ block_id }) => block_id !== id));
  if (unknown.length > 0) throw new Error(`The modal has no field ${unknown.join(', ')}.`);
  const results: Acknowledgement[] = [];
  for (const input of inputs) {
    const field = fieldOf(input);
    const given = typed[field.blockId];
    const value = given || undefined; // an emptied field holds nothing
    if (given === undefined || value === view.values.get(keyOf(field))) continue;
    toldValue(field.element, value); // throws if there is no such option
    view.values = withValue(view.values, field, value);
    context.state.changed();
    if (input.dispatch_action && field.element.type === 'static_select') {
      results.push(await sendAction(context, view, field, value));
    }
  }
  return results;
}

export async function typeInView(context: Context, { user, values }: TypeInput): Promise<readonly Acknowledgement[]> {
  return enter(context, screenOf(context, user), values);
}

export async function clickInView(context: Context, input: ViewClickInput): Promise<Acknowledgement> {
  const { user, actionId, values = {} } = input;
  const view = screenOf(context, user);
  await enter(context, view, values);
  const pressed = findAction(actionsIn(view.modal.blocks), { actionId }, `The modal ${view.id}`);
  if (pressed.element.type !== 'button') throw new Error(`${actionId} is a menu: choose from it.`);
  return sendAction(context, view, pressed);
}

export async function chooseInView(context: Context, input: ChooseInViewInput): Promise<Acknowledgement> {
  const { user, value, values = {} } = input;
  const view = screenOf(context, user);
  await enter(context, view, values);
  const { blockId, element } = findAction(actionsIn(view.modal.blocks), input, `The modal ${view.id}`);
  if (element.type === 'button') throw new Error(`${input.actionId} is a button: click it.`);
  if (element.type === 'static_select') {
    view.values = withChoice(view.values, { blockId, element }, value ?? undefined);
    context.state.changed();
  }
  return sendAction(context, view, { blockId, element }, value ?? undefined);
}

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export async function submitView(context: Context, { user, values = {} }: SubmitInput): Promise<Submission> {
  const view = screenOf(context, user);
  if (!view.modal.submit) throw new Error(`The modal ${view.id} has no submit button.`);
  await enter(context, view, values);
  const errors = refusals(view);
  if (Object.keys(errors).length > 0) return refuse(context, view, 'slack', errors);
  view.errors = {};
  const payload = {
    ...viewPayload(context, 'view_submission', view),
    trigger_id: context.triggers.issue(user),
    response_urls: [],
  };
  const result = await deliver(context, { type: 'view_submission', payload });
  return result.acknowledged ? applyAck(context, view, result.ack) : { outcome: 'failed', failure: result.failure };
}

/** What Slack's own form says before it sends anything, by block_id. */
function refusals(view: OpenView): Record<string, string> {
  const errors = inputsIn(view.modal).flatMap((input) => {
    const error = refusal(input, view.values.get(keyOf(fieldOf(input))));
    return error === undefined ? [] : [[input.block_id ?? '', error] as const];
  });
  return Object.fromEntries(errors);
}

function refusal({ element, optional }: InputBlock, value: string | undefined): string | undefined {
  if (value === undefined) return optional ? undefined : 'Please complete this required field.';
  if (element.type !== 'plain_text_input') return undefined;
  const { max_length = 3000 } = element;
  return value.length > max_length ? `Must be at most ${max_length} characters.` : undefined;
}

function refuse(
  context: Context,
  view: OpenView,
  refusedBy: 'slack' | 'app',
  errors: Record<string, string>,
): Submission {
  view.errors = errors;
  context.state.changed();
  return { outcome: 'errors', refusedBy, errors };
}

/** https://docs.slack.dev/surfaces/modals#updating_response */
const responseAction = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal('update'), view: z.unknown() }),
]);

function applyAck(context: Context, view: OpenView, ack: unknown): Submission {
  if (Object.keys(Object(ack)).length === 0) {
    dismiss(context, view);
    return { outcome: 'closed' };
  }
  const invalid = { outcome: 'failed', failure: 'invalid_response_action' } as const;
  const action = responseAction.safeParse(ack).data;
  if (action?.response_action === 'errors') {
    const inputs = inputsIn(view.modal);
    const areKnown = Object.keys(action.errors).every((id) => inputs.some(({ block_id }) => block_id === id));
    return areKnown ? refuse(context, view, 'app', action.errors) : invalid;
  }
  if (!action) return invalid;
  try {
    replaceModal(context, view, admitModal(context, action.view));
    return { outcome: 'updated' };
  } catch (error) {
    if (error instanceof ApiError) return invalid;
    throw error;
  }
}

function dismiss({ state }: Context, { user }: OpenView): void {
  state.views.delete(user);
  state.changed();
}

export async function closeView(context: Context, user: string): Promise<void> {
  const view = screenOf(context, user);
  dismiss(context, view);
  if (!view.modal.notify_on_close) return;
  const payload = { ...interaction(context, 'view_closed', user), view: toldView(context, view), is_cleared: false };
  await deliver(context, { type: 'view_closed', payload });
}
