import { z } from 'zod';
import { ApiError } from '../api-error.js';
import type { Context } from '../context.js';
import { deliver } from '../deliver.js';
import type { Submission } from '../driver.js';
import type { SubmitInput } from '../inputs.js';
import type { OpenView } from '../model.js';
import { admitModal, pushView, replaceModal, toldView } from '../views.js';
import { enter } from './act-in-view.js';
import { refusals } from './fill-in.js';
import { interaction, knownPerson } from './interaction.js';
import { screenOf, viewPayload } from './screen.js';

/** https://docs.slack.dev/surfaces/modals#updating_response */
const responseAction = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal('update'), view: z.unknown() }),
  z.object({ response_action: z.literal('push'), view: z.unknown() }),
  z.object({ response_action: z.literal('clear') }),
]);

type ResponseAction = z.output<typeof responseAction>;

interface Done {
  acknowledgedAfterMs: number;
  ack: unknown;
}

function dismiss({ state }: Context, view: OpenView, all: boolean): void {
  const stack = state.views.get(view.user) ?? [];
  state.views.set(view.user, all ? [] : stack.filter((open) => open !== view));
  state.changed();
}

function refuse(context: Context, view: OpenView, refusedBy: 'slack' | 'app', errors: Record<string, string>) {
  view.errors = errors;
  context.state.changed();
  return { outcome: 'errors', refusedBy, errors } as const;
}

function applyAction(context: Context, view: OpenView, action: ResponseAction, done: Done): Submission {
  switch (action.response_action) {
    case 'errors': {
      const fields = view.modal.blocks.flatMap((block) => (block.type === 'input' ? [block.block_id] : []));
      const areKnown = Object.keys(action.errors).every((id) => fields.includes(id));
      return areKnown
        ? refuse(context, view, 'app', action.errors)
        : { outcome: 'failed', failure: 'invalid_response_action' };
    }
    case 'update':
      replaceModal(context, view, admitModal(context, action.view, view.id));
      return { outcome: 'updated', ...done };
    case 'push': {
      const pushed = pushView(context, view, admitModal(context, action.view));
      return pushed ? { outcome: 'pushed', ...done } : { outcome: 'failed', failure: 'invalid_response_action' };
    }
    case 'clear':
      dismiss(context, view, true);
      return { outcome: 'cleared', ...done };
  }
}

function applyAck(context: Context, view: OpenView, done: Done): Submission {
  if (Object.keys(Object(done.ack)).length === 0) {
    dismiss(context, view, false);
    return { outcome: 'closed', ...done };
  }
  const action = responseAction.safeParse(done.ack);
  if (!action.success) return { outcome: 'failed', failure: 'invalid_response_action' };
  try {
    return applyAction(context, view, action.data, done);
  } catch (error) {
    if (error instanceof ApiError) return { outcome: 'failed', failure: 'invalid_response_action' };
    throw error;
  }
}

/** Fills in and submits the modal on top. https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
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
  if (!result.acknowledged) return { outcome: 'failed', failure: result.failure };
  return applyAck(context, view, { acknowledgedAfterMs: result.acknowledgedAfterMs, ack: result.ack });
}

export async function closeView(context: Context, user: string): Promise<void> {
  const view = screenOf(context, user);
  dismiss(context, view, view.modal.clear_on_close ?? false);
  if (!view.modal.notify_on_close) return;
  const payload = {
    ...interaction(context, 'view_closed', knownPerson(context, user)),
    view: toldView(context, view),
    is_cleared: view.modal.clear_on_close ?? false,
  };
  await deliver(context, { type: 'view_closed', payload });
}
