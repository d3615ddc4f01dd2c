import type { AllMiddlewareArgs, AnyMiddlewareArgs, App, ReceiverEvent } from '@slack/bolt';
import { z } from 'zod';
import type { Log } from '../../core/log.js';
import { answerPrivately } from '../api/response-url.js';

/**
 * Bolt forgets a listener once it has acknowledged; what it goes on to do is tracked here.
 * @returns waits for all listeners that run
 */
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
  app.use(async (received: AnyMiddlewareArgs & AllMiddlewareArgs) => {
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

type Acknowledge = ReceiverEvent['ack'];

/** Bolt offers no hook between its receivers and the listeners' `ack`, so this wraps the events that receivers hand over. */
function wrapAck(app: App, wrap: (event: ReceiverEvent) => Acknowledge): void {
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
