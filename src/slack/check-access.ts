import type { AllMiddlewareArgs, AnyMiddlewareArgs, App } from '@slack/bolt';
import { z } from 'zod';
import { UserInputError } from '../core/errors.js';
import type { LimitRefusal } from '../core/limits.js';
import type { Observe } from '../core/observation.js';
import { limitSentence } from '../core/sentences/limits.js';
import type { ListenerServices } from './listener-services.js';
import { formCallbackId, openImageActionId } from './modal/form-ids.js';
import { readMetadata } from './modal/metadata.js';
import { removeDraft } from './modal/remove-draft.js';
import { tellPerson } from './tell-person.js';

const idSchema = z.string().nullish();

/** A command, or an interaction. https://docs.slack.dev/reference/interaction-payloads */
const actedSchema = z.union([
  z
    .object({ user_id: z.string(), channel_id: z.string(), team_id: idSchema, enterprise_id: idSchema })
    .extend({ response_url: z.url() })
    .transform(({ user_id, channel_id, team_id, enterprise_id, response_url }) => ({
      user: { id: user_id, team_id },
      channel: { id: channel_id },
      team: { id: team_id, enterprise_id },
      response_url,
      type: 'command',
      view: undefined,
      actions: [],
    })),
  z.object({
    type: z.string(),
    user: z.object({ id: z.string(), team_id: idSchema }),
    team: z.object({ id: idSchema, enterprise_id: idSchema }).nullish(),
    channel: z.object({ id: z.string() }).nullish(),
    response_url: z.url().optional(),
    view: z.object({ callback_id: idSchema, private_metadata: z.string().default('') }).optional(),
    actions: z.array(z.object({ action_id: idSchema })).default([]),
  }),
]);
type Acted = z.infer<typeof actedSchema>;

type Services = Pick<
  ListenerServices,
  'gate' | 'isStranger' | 'listen' | 'clients' | 'drafts' | 'workspaceId' | 'now' | 'log'
>;

/**
 * Before any listener, whatever it listens to: whether the person may use the app, and in this conversation. Two things are
 * anybody's: a link, which Slack opens by itself, and to close a form.
 */
export function checkAccess(app: App, services: Services, observe: Observe): void {
  app.use(async (received: AnyMiddlewareArgs & AllMiddlewareArgs) => {
    const acted = actedSchema.safeParse(received.body).data;
    const refusal = acted && !isAnybodys(acted) ? await judge(services, acted) : undefined;
    if (!acted || !refusal) return received.next();
    observe({ kind: 'request refused', reason: refusal.kind });
    if ('ack' in received && received.ack) await received.ack();
    await refuse(services, acted, refusal);
  });
}

function isAnybodys({ type, actions }: Acted): boolean {
  return type === 'view_closed' || actions.some(({ action_id }) => openImageActionId.test(action_id ?? ''));
}

async function judge({ gate, isStranger }: Services, acted: Acted): Promise<LimitRefusal | undefined> {
  const { user, team } = acted;
  const origin = {
    personTeamId: user.team_id ?? undefined,
    teamId: team?.id ?? undefined,
    enterpriseId: team?.enterprise_id ?? undefined,
  };
  if (await isStranger(origin)) return { kind: 'stranger' };
  return gate.judgePlace({ requesterId: user.id, channelId: channelOf(acted) });
}

/** A form carries where it draws; "Your defaults" belong to no conversation. */
function channelOf({ channel, view }: Acted): string | undefined {
  if (channel) return channel.id;
  return view?.callback_id === formCallbackId ? readMetadata(view.private_metadata).channelId : undefined;
}

async function refuse(services: Services, acted: Acted, refusal: LimitRefusal): Promise<void> {
  const { user, view, type, response_url: responseUrl } = acted;
  const { workspaceId, listen, now } = services;
  const person = { userId: user.id, channelId: channelOf(acted) ?? user.id, responseUrl };
  await listen('refusal', tellPerson(services, person), async () => {
    throw new UserInputError(limitSentence(refusal, now()));
  });
  if (type !== 'view_submission' || view?.callback_id !== formCallbackId) return;
  await removeDraft(services, { workspaceId, userId: user.id, id: readMetadata(view.private_metadata).draftId });
}
