import { z } from 'zod';
import { startSandbox } from '../start-sandbox.js';
import { cloudOrderSchema, cloudSettingsSchema } from './start-cloud.js';

/*
 * Bedrock and S3 in a process of their own, so that the work of serving images slows neither the clock of the
 * acknowledgements nor the app more than a network would.
 */

const settings = cloudSettingsSchema.parse(JSON.parse(z.string().parse(process.argv[2])));
const { bedrock, environment } = await startSandbox({
  bedrock: { ...settings, imageScale: 0.25, sameImage: true },
});
process.on('message', (message) => {
  const { filterNext } = cloudOrderSchema.parse(message);
  bedrock.faults.add({ kind: 'filtered image' }, { times: filterNext });
  process.send?.('done');
});
process.on('disconnect', () => process.exit(0));
process.send?.(environment);
