import type { AllMiddlewareArgs, AnyMiddlewareArgs, App } from '@slack/bolt';
import { z } from 'zod';
import { checkAccess as judgeAccess } from '../../core/batch/quota.js';
import { type LimitRefusal, RequestError } from '../../core/errors.js';
import type { Observe } from '../../core/log.js';
import { notifyUser } from '../api/notify-user.js';
import type { SlackDeps } from '../deps.js';
import { readMetadata } from '../form/build-form.js';
import { formCallbackId, openImageActionId } from '../form/form-fields.js';
import { removeDraft } from '../form/prepare-form.js';

const optional = z.string().nullish();

const commandSchema = z
  .object({ user_id: z.string(), channel_id: z.string(), team_id: optional, enterprise_id: optional })
  .extend({ response_url: optional })
  .transform(({ user_id, channel_id, team_id, enterprise_id, response_url }) => ({
    user: { id: user_id, team_id },
    channel: { id: channel_id },
    team: { id: team_id, enterprise_id },
    response_url,
    type: 'command',
    view: undefined,
    actions: [],
  }));

const interactionSchema = z.object({
  type: z.string(),
  user: z.object({ id: z.string(), team_id: optional }),
  team: z.object({ id: optional, enterprise_id: optional }).nullish(),
  channel: z.object({ id: z.string() }).nullish(),
  response_url: optional,
  view: z.object({ callback_id: optional, private_metadata: optional }).nullish(),
  actions: z.array(z.object({ action_id: optional })).default([]),
});

/** https://docs.slack.dev/interactivity/implementing-slash-commands, https://docs.slack.dev/reference/interaction-payloads */
const actedSchema = z.union([commandSchema, interactionSchema]);
type Acted = z.infer<typeof actedSchema>;

type Deps = Pick<SlackDeps, 'limits' | 'isExternalUser' | 'listen' | 'clients' | 'drafts' | 'workspaceId' | 'log'>;

/**
 * Checks before every listener whether the user may use the app, and in this conversation. Two things are open to everyone:
 * a link, which Slack opens by itself, and closing a form.
 */
export function checkAccess(app: App, deps: Deps, observe: Observe): void {
  app.use(async (received: AnyMiddlewareArgs & AllMiddlewareArgs) => {
    const acted = actedSchema.safeParse(received.body).data;
    const refusal = acted && !isOpenToAll(acted) ? await judge(deps, acted) : undefined;
    if (acted && !refusal) return received.next();
    if ('ack' in received && received.ack) await received.ack();
    if (!acted || !refusal) return deps.log.warn('ignored a payload without a user');
    observe({ kind: 'request refused', reason: refusal.kind });
    await refuse(deps, acted, refusal);
  });
}

function isOpenToAll({ type, actions }: Acted): boolean {
  const areLinks = actions.length > 0 && actions.every(({ action_id }) => openImageActionId.test(action_id ?? ''));
  return type === 'view_closed' || areLinks;
}

async function judge({ limits, isExternalUser }: Deps, acted: Acted): Promise<LimitRefusal | undefined> {
  const { user, team } = acted;
  const origin = {
    userTeamId: user.team_id ?? undefined,
    teamId: team?.id ?? undefined,
    enterpriseId: team?.enterprise_id ?? undefined,
  };
  if (await isExternalUser(origin)) return { kind: 'stranger' };
  return judgeAccess(limits, { requesterId: user.id, channelId: channelOf(acted) });
}

/** A form carries its channel; "Your defaults" belong to no conversation. */
function channelOf({ channel, view }: Acted): string | undefined {
  if (channel) return channel.id;
  return view?.callback_id === formCallbackId ? readMetadata(view.private_metadata ?? '').channelId : undefined;
}

async function refuse(deps: Deps, acted: Acted, refusal: LimitRefusal): Promise<void> {
  const { user, view, type, response_url } = acted;
  const { workspaceId, listen } = deps;
  const person = { userId: user.id, responseUrl: response_url ?? undefined };
  await listen('refusal', notifyUser(deps, person), async () => {
    throw new RequestError(refusal);
  });
  if (type !== 'view_submission' || view?.callback_id !== formCallbackId) return;
  await removeDraft(deps, { workspaceId, userId: user.id, id: readMetadata(view.private_metadata ?? '').draftId });
}
