import type { AllMiddlewareArgs, AnyMiddlewareArgs, App, ReceiverEvent, SlashCommand } from '@slack/bolt';
import { z } from 'zod';
import { checkAccess as judgeAccess } from '../../core/batch/quota.js';
import { type LimitRefusal, RequestError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import { notifyUser } from '../api/notify-user.js';
import { answerPrivately } from '../api/response-url.js';
import type { SlackDeps } from '../deps.js';
import { readMetadata } from '../form/build-form.js';
import { formCallbackId, fullSizeCallbackId, openImageActionId, operationCallbackId } from '../form/form-fields.js';
import { removeDraft } from '../form/open-form.js';

type Received = AnyMiddlewareArgs & AllMiddlewareArgs;

/** Bolt forgets a listener once it has acknowledged; the function that this returns waits for all that still run. */
export function trackListeners(app: App): () => Promise<unknown> {
  const running = new Set<Promise<void>>();
  app.use(async ({ next }) => {
    const work = next();
    running.add(work);
    await work.finally(() => running.delete(work));
  });
  return () => Promise.allSettled(running);
}

/** Socket Mode may deliver a payload twice; every interaction has a trigger_id of its own. */
const triggeredSchema = z.object({ trigger_id: z.string() });
/** Repeats come within seconds. */
const maxRemembered = 2000;

/**
 * Acknowledges a payload that this process has already received, and does nothing more, so that no one pays twice for one
 * click. If it came to two processes, the bucket decides whose click is recorded; a command is drawn by both.
 */
export function ignoreRepeats(app: App): void {
  const seen = new Set<string>();
  app.use(async (received: Received) => {
    const triggerId = triggeredSchema.safeParse(received.body).data?.trigger_id;
    if (triggerId === undefined) return received.next();
    if (seen.has(triggerId)) {
      if ('ack' in received && received.ack) await received.ack();
      return;
    }
    seen.add(triggerId);
    const [oldest] = seen;
    if (seen.size > maxRemembered && oldest) seen.delete(oldest);
    await received.next();
  });
}

/** Bolt offers no hook between its receivers and the listeners' `ack`, so this wraps the events that receivers hand over. */
function wrapAck(app: App, wrap: (event: ReceiverEvent) => ReceiverEvent['ack']): void {
  const processEvent = app.processEvent.bind(app);
  app.processEvent = (event) => processEvent({ ...event, ack: wrap(event) });
}

/** Reports how long each acknowledgement took: Slack gives up after 3000 milliseconds. */
export function timeAcknowledgements(app: App, onAck: (milliseconds: number) => void): void {
  wrapAck(app, (event) => {
    const began = performance.now();
    return async (response) => {
      await event.ack(response);
      onAck(performance.now() - began);
    };
  });
}

const bodySchema = z.object({ type: z.string().optional(), response_url: z.url().optional() });
/** An acknowledgement that is itself a message. */
const messageSchema = z.looseObject({ text: z.string() });

/**
 * An envelope can arrive just as its socket closes: socket-mode then refuses to send the acknowledgement, Bolt ends the
 * listener, and Slack sends a command or a click only once. So the work is done all the same: the user, whom Slack told
 * that the app did not answer, sees it begin a moment later. Forms are the exception: Slack keeps one open with all that
 * is in it, and a user who sends it again would pay twice.
 */
export function carryOnUnanswered(app: App, log: Log): void {
  wrapAck(app, (event) => async (response) => {
    try {
      await event.ack(response);
    } catch (error) {
      const { type, response_url } = bodySchema.parse(event.body);
      if (type === 'view_submission') throw error;
      log.warn('could not acknowledge to Slack, carrying on', { error });
      const message = messageSchema.safeParse(response).data;
      if (response_url && message) await answerPrivately(response_url, message);
    }
  });
}

const optional = z.string().nullish();

/** Modals that know their conversation. */
const channelForms = new Set([formCallbackId, operationCallbackId, fullSizeCallbackId]);

/**
 * Who acts, and where. https://docs.slack.dev/interactivity/implementing-slash-commands,
 * https://docs.slack.dev/reference/interaction-payloads
 */
const actedSchema = z
  .object({
    type: z.string().default('command'),
    user: z.object({ id: z.string(), team_id: optional }),
    team: z.object({ id: optional, enterprise_id: optional }).nullish(),
    channel: z.object({ id: z.string() }).nullish(),
    response_url: optional,
    view: z.object({ callback_id: optional, private_metadata: optional }).nullish(),
    actions: z.array(z.object({ action_id: optional })).default([]),
  })
  .transform(({ type, user, team, channel, response_url, view, actions }) => {
    const isOfChannel = channelForms.has(view?.callback_id ?? '');
    const form = isOfChannel ? readMetadata(view?.private_metadata ?? '') : undefined;
    return {
      type,
      userId: user.id,
      origin: { userTeamId: user.team_id, teamId: team?.id, enterpriseId: team?.enterprise_id },
      channelId: channel?.id ?? form?.channelId, // "Your defaults" belong to no conversation
      responseUrl: response_url ?? undefined,
      areLinks: actions.length > 0 && actions.every(({ action_id }) => openImageActionId.test(action_id ?? '')),
      form,
    };
  });
type Acted = z.infer<typeof actedSchema>;

/**
 * Checks before every listener whether the user may use the app, and in this conversation. Two things are open to everyone:
 * a link, which Slack opens by itself, and closing a form.
 */
export function checkAccess(app: App, deps: SlackDeps): void {
  app.use(async (received: Received) => {
    const acted = actedSchema.safeParse('command' in received ? asInteraction(received.command) : received.body).data;
    const refusal = acted && (await findRefusal(deps, acted));
    if (acted && !refusal) return received.next();
    if ('ack' in received && received.ack) await received.ack();
    if (!acted || !refusal) return deps.log.warn('ignored a payload without a user');
    deps.observe({ kind: 'request refused', reason: refusal.kind });
    await refuse(deps, acted, refusal);
  });
}

/** A slash command carries the same data under other names. */
function asInteraction({ user_id, team_id, enterprise_id, channel_id, response_url }: SlashCommand) {
  const team = { id: team_id, enterprise_id };
  return { user: { id: user_id, team_id }, team, channel: { id: channel_id }, response_url };
}

async function findRefusal(deps: SlackDeps, acted: Acted): Promise<LimitRefusal | undefined> {
  const { type, areLinks, origin, userId: requesterId, channelId } = acted;
  if (areLinks || type === 'view_closed') return undefined;
  if (await deps.isExternalUser(origin)) return { kind: 'stranger' };
  return judgeAccess(deps.limits, { requesterId, channelId });
}

async function refuse(deps: SlackDeps, { type, form, ...user }: Acted, refusal: LimitRefusal): Promise<void> {
  await deps.listen('refusal', notifyUser(deps, user), async () => {
    throw new RequestError(refusal);
  });
  if (type !== 'view_submission' || !form) return;
  await removeDraft(deps, { workspaceId: deps.workspaceId, userId: user.userId, id: form.draftId });
}
