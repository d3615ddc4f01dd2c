import type { Sandbox } from '../../sandbox/start-sandbox.js';
import { type Batch, batchSchema } from '../../src/core/batch/batch.js';

/** The records of batches in the bucket, oldest first. */
export function readRecords({ s3, bucket }: Pick<Sandbox, 's3' | 'bucket'>): Batch[] {
  return s3
    .objects(bucket)
    .filter(({ key }) => key.endsWith('/batch.json'))
    .map(({ bytes }) => batchSchema.parse(JSON.parse(bytes.toString())));
}
