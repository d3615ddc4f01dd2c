import { z } from 'zod';
import { ApiError } from '../api-error.js';
import type { Context } from '../context.js';
import { deliver } from '../deliver.js';
import type { Submission, SubmitInput } from '../driver.js';
import type { OpenView } from '../model.js';
import { admitModal, keepViews, pushModal, replaceModal, stackOf } from '../views.js';
import { fillIn, inputsIn, refusals } from './fill-in.js';
import { screenOf } from './modal.js';
import { viewPayload } from './view-payload.js';

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export async function submitView(context: Context, { user, values = {} }: SubmitInput): Promise<Submission> {
  const view = screenOf(context, user);
  if (!view.modal.submit) throw new Error(`The modal ${view.id} has no submit button.`);
  await fillIn(context, view, values);
  const errors = refusals(view);
  if (Object.keys(errors).length > 0) return refuse(context, view, 'slack', errors);
  view.errors = {};
  const payload = {
    ...viewPayload(context, 'view_submission', view),
    trigger_id: context.triggers.issue(user, view.id),
    response_urls: [],
  };
  const result = await deliver(context, { type: 'view_submission', payload });
  return result.acknowledged ? applyAck(context, view, result.ack) : { outcome: 'failed', failure: result.failure };
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

/** https://docs.slack.dev/surfaces/modals#handling_submissions */
const responseAction = z.discriminatedUnion('response_action', [
  z.object({ response_action: z.literal('errors'), errors: z.record(z.string(), z.string()) }),
  z.object({ response_action: z.literal('update'), view: z.unknown() }),
  z.object({ response_action: z.literal('push'), view: z.unknown() }),
  z.object({ response_action: z.literal('clear') }),
]);

const invalid: Submission = { outcome: 'failed', failure: 'invalid_response_action' };

function applyAck(context: Context, view: OpenView, ack: unknown): Submission {
  if (Object.keys(Object(ack)).length === 0) return closeSubmitted(context, view);
  const action = responseAction.safeParse(ack).data;
  if (!action) return invalid;
  if (action.response_action === 'clear') {
    keepViews(context, view.user, []);
    return { outcome: 'cleared' };
  }
  if (action.response_action === 'errors') {
    const inputs = inputsIn(view.modal);
    const areKnown = Object.keys(action.errors).every((id) => inputs.some(({ block_id }) => block_id === id));
    return areKnown ? refuse(context, view, 'app', action.errors) : invalid;
  }
  try {
    const modal = admitModal(context, action.view);
    if (action.response_action === 'update') replaceModal(context, view, modal);
    else pushModal(context, view.user, modal);
    return { outcome: action.response_action === 'update' ? 'updated' : 'pushed' };
  } catch (error) {
    if (error instanceof ApiError) return invalid;
    throw error;
  }
}

/**
 * The visible view goes. That is one pushed meanwhile, if the app called `views.push` for a submission instead of answering
 * with it: https://github.com/slack-go/slack/issues/683
 */
function closeSubmitted(context: Context, view: OpenView): Submission {
  const stack = stackOf(context, view.user);
  if (stack.includes(view)) keepViews(context, view.user, stack.slice(0, -1));
  return { outcome: 'closed' };
}
