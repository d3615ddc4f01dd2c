import { z } from 'zod';
import { startSandbox } from '../start-sandbox.js';

/*
 * Bedrock and S3 in a process of their own, so that the work of serving images slows neither the clock of the
 * acknowledgements nor the app more than a network would.
 */

const settingsSchema = z.object({ latencyMs: z.number(), imageBytes: z.number() });
const settings = settingsSchema.parse(JSON.parse(z.string().parse(process.argv[2])));
const { bedrock, environment } = await startSandbox({
  bedrock: { ...settings, imageScale: 0.25, sameImage: true },
});
process.on('message', (message) => {
  bedrock.faults.add({ kind: 'filtered image' }, { times: z.number().parse(message) });
  process.send?.('done');
});
process.on('disconnect', () => process.exit(0));
process.send?.(environment);
