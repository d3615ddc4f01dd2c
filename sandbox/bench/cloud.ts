import { z } from 'zod';
import { startSandbox } from '../start-sandbox.js';

/*
 * Bedrock and S3 in a process of their own, so that the work of serving images slows neither the clock of the
 * acknowledgements nor the app more than a network would.
 */

const settingsSchema = z.object({ latencyMs: z.number(), imageBytes: z.number(), imageScale: z.number() });
const settings = settingsSchema.parse(JSON.parse(z.string().parse(process.argv[2])));
const { bedrock, s3, bucket, environment } = await startSandbox({ bedrock: { ...settings, sameImage: true } });
const orderSchema = z
  .object({ filtered: z.number(), slower: z.array(z.number()), wants: z.enum(['image', 'bytes']) })
  .partial();
process.on('message', (message) => {
  const { filtered = 0, slower = [], wants } = orderSchema.parse(message);
  if (filtered > 0) bedrock.faults.add({ kind: 'filtered image' }, { times: filtered });
  for (const milliseconds of slower) bedrock.faults.add({ kind: 'slow', milliseconds });
  process.send?.(wants === 'image' ? storedImage() : downloadedBytes());
});
process.on('disconnect', () => process.exit(0));
process.send?.(environment);

function storedImage(): string | undefined {
  return s3
    .objects(bucket)
    .find(({ key }) => /\/\d\.png$/.test(key))
    ?.bytes.toString('base64');
}

/** What was fetched by presigned links so far: only Slack does that. */
function downloadedBytes(): number {
  const fetched = s3.requests().filter(({ presigned, operation }) => presigned && operation === 'GetObject');
  return fetched.reduce((sum, { bucket, key }) => sum + (s3.object(bucket, key)?.bytes.length ?? 0), 0);
}
