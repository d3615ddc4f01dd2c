import type { App, ReceiverEvent } from '@slack/bolt';
import { z } from 'zod';
import type { Log } from '../../core/log.js';
import { answerPrivately } from '../api/response-url.js';

const bodySchema = z.object({ type: z.string().optional(), response_url: z.url().optional() });
/** An acknowledgement that is itself a message. */
const messageSchema = z.looseObject({ text: z.string() });

/**
 * An envelope can arrive just as its socket closes: socket-mode then refuses to send the acknowledgement, Bolt ends the
 * listener, and Slack sends a command or a click only once. So the work is done all the same: the person, whom Slack told
 * that the app did not answer, sees it begin a moment later. Only a form is left alone: Slack keeps it open with all that is
 * in it, and whoever sends it again would pay twice.
 */
export function carryOnUnanswered(app: App, log: Log): void {
  const processEvent = app.processEvent.bind(app);
  app.processEvent = (event: ReceiverEvent) =>
    processEvent({
      ...event,
      async ack(response) {
        try {
          await event.ack(response);
        } catch (error) {
          const { type, response_url } = bodySchema.parse(event.body);
          if (type === 'view_submission') throw error;
          log.warn('Slack could not be answered, carrying on', { error });
          const message = messageSchema.safeParse(response).data;
          if (response_url && message) await answerPrivately(response_url, message);
        }
      },
    });
}
