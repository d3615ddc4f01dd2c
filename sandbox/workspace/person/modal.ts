import { byPlace, withChoice } from '../block-kit/fields.js';
import { actionsIn } from '../block-kit/walk.js';
import type { Context } from '../context.js';
import { deliver } from '../deliver.js';
import type { Acknowledgement, ChooseInViewInput, TypeInput, ViewClickInput } from '../driver.js';
import type { OpenView } from '../model.js';
import type { SeenView } from '../seen.js';
import { keepViews, stackOf, toldView } from '../views.js';
import { fillIn } from './fill-in.js';
import { findAction, interaction } from './interaction.js';
import { seenFiles } from './read.js';
import { sendViewAction } from './view-payload.js';

/** The view that this person sees. */
export function screenOf(context: Context, user: string): OpenView {
  const view = stackOf(context, user).at(-1);
  if (!view) throw new Error(`${user} has no modal open.`);
  return view;
}

export function openView(context: Context, user: string): SeenView | undefined {
  const stack = stackOf(context, user);
  const view = stack.at(-1);
  if (!view) return undefined;
  const { id, hash, modal, values, errors } = view;
  const held = [...values.values()].flat();
  return {
    id,
    hash,
    callbackId: modal.callback_id ?? '',
    title: modal.title.text,
    submit: modal.submit?.text,
    close: modal.close?.text,
    privateMetadata: modal.private_metadata ?? '',
    blocks: modal.blocks,
    values: byPlace(modal.blocks, values, (_element, value) => value ?? null),
    files: seenFiles(context, held),
    below: stack.length - 1,
    errors,
  };
}

export async function typeInView(context: Context, { user, values }: TypeInput): Promise<readonly Acknowledgement[]> {
  return fillIn(context, screenOf(context, user), values);
}

export async function clickInView(context: Context, input: ViewClickInput): Promise<Acknowledgement> {
  const { user, actionId, values = {} } = input;
  const view = screenOf(context, user);
  await fillIn(context, view, values);
  const pressed = findAction(actionsIn(view.modal.blocks), input, `The modal ${view.id}`);
  if (pressed.element.type !== 'button') throw new Error(`${actionId} is a menu: choose from it.`);
  return sendViewAction(context, view, pressed);
}

export async function chooseInView(context: Context, input: ChooseInViewInput): Promise<Acknowledgement> {
  const { user, value, values = {} } = input;
  const view = screenOf(context, user);
  await fillIn(context, view, values);
  const { blockId, element } = findAction(actionsIn(view.modal.blocks), input, `The modal ${view.id}`);
  if (element.type === 'button') throw new Error(`${input.actionId} is a button: click it.`);
  if (element.type === 'static_select') {
    view.values = withChoice(view.values, { blockId, element }, value ?? undefined);
    context.state.changed();
  }
  return sendViewAction(context, view, { blockId, element }, value ?? undefined);
}

/** By its close button: back to the view below, unless the view asks for all to go. */
export async function closeView(context: Context, user: string): Promise<void> {
  const view = screenOf(context, user);
  await leave(context, view, view.modal.clear_on_close ?? false);
}

/** By the X. */
export async function dismissView(context: Context, user: string): Promise<void> {
  await leave(context, screenOf(context, user), true);
}

/** Slack's pages leave open whether the views below tell the app too; only the visible one does here. */
async function leave(context: Context, view: OpenView, isCleared: boolean): Promise<void> {
  const { user, modal } = view;
  const told = { ...interaction(context, 'view_closed', user), view: toldView(context, view), is_cleared: isCleared };
  keepViews(context, user, isCleared ? [] : stackOf(context, user).slice(0, -1));
  if (modal.notify_on_close) await deliver(context, { type: 'view_closed', payload: told });
}
