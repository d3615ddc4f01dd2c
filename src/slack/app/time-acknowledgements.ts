import type { App, ReceiverEvent } from '@slack/bolt';

/**
 * Tells how long each acknowledgement took: Slack gives up after 3000 milliseconds. Bolt offers no hook between its receivers
 * and the listeners' `ack`, so this stands where every receiver hands its events over.
 */
export function timeAcknowledgements(app: App, tell: (milliseconds: number) => void, now: () => number): void {
  const processEvent = app.processEvent.bind(app);
  app.processEvent = (event: ReceiverEvent) => {
    const began = now();
    return processEvent({
      ...event,
      async ack(response) {
        await event.ack(response);
        tell(now() - began);
      },
    });
  };
}
