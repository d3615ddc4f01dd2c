import type { AllMiddlewareArgs, AnyMiddlewareArgs, App } from '@slack/bolt';
import { z } from 'zod';

/** Socket Mode may deliver a payload twice; every interaction has a trigger_id of its own. */
const triggeredSchema = z.object({ trigger_id: z.string() });
/** Repeats come within seconds. */
const maxRemembered = 2000;

/**
 * Acknowledges a payload that came to this process before, and does nothing more: nobody pays twice for one click. Of one
 * that came to two processes the bucket decides: whose batch is counted (`isRepeated` in core/usage.ts), or whose click is
 * recorded.
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
