import { fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { ask } from './ask.js';

export const cloudSettingsSchema = z.object({
  /** How long the model takes over an image. Milliseconds. */
  latencyMs: z.number(),
  /** How large each image is, as a file. */
  imageBytes: z.number(),
});

export type CloudSettings = z.infer<typeof cloudSettingsSchema>;

/** The model's filter keeps back this many of the images that are asked for next. */
export const cloudOrderSchema = z.object({ filterNext: z.number() });

export interface Cloud {
  /** The settings that point an app at it. */
  environment: Record<string, string>;
  filterNext(count: number): Promise<void>;
  stop(): Promise<void>;
}

export async function startCloud(settings: CloudSettings): Promise<Cloud> {
  const child = fork(new URL('./cloud.js', import.meta.url), [JSON.stringify(settings)]);
  const exited = once(child, 'exit');
  const failed = exited.then(() => Promise.reject(new Error('The stand-ins for Bedrock and S3 did not start.')));
  const [environment] = await Promise.race([once(child, 'message'), failed]);
  failed.catch(() => undefined); // from here on it ends because it is told to
  return {
    environment: z.record(z.string(), z.string()).parse(environment),
    async filterNext(count) {
      await ask(child, { filterNext: count } satisfies z.infer<typeof cloudOrderSchema>);
    },
    async stop() {
      child.disconnect();
      await exited;
    },
  };
}
