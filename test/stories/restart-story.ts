import { usageSchema } from '../../src/core/batch/usage.js';
import { always, held, type Story } from './story.js';

/** The app stops at its nth write of the record from now on. */
export function holdRecord({ s3 }: Story, nth: number): void {
  let count = 0;
  s3.faults.add(held, {
    times: always,
    when({ operation, key }) {
      if (operation !== 'PutObject' || !key.endsWith('/batch.json')) return false;
      count += 1;
      return count >= nth;
    },
  });
}

/** How often each image was asked of the model, by its number. */
export const drawn = ({ bedrock }: Story) =>
  [100, 101, 102, 103].map((asked) => bedrock.requests().filter(({ seed }) => seed === asked).length);

export const uploads = ({ workspace }: Story) =>
  workspace.calls().filter(({ method, ok }) => method === 'files.completeUploadExternal' && ok);

/** What this person's requests of today count for, batch by batch, in the order of their ids; undefined if nothing was counted. */
export function counted({ s3, bucket }: Story, name: string): number[] | undefined {
  const day = new Date().toISOString().slice(0, 10);
  const object = s3.objects(bucket).find(({ key }) => key.endsWith(`/usage/${day}/${name}.json`));
  return (
    object &&
    Object.values(usageSchema.parse(JSON.parse(object.bytes.toString())).batches).map(({ pictures }) => pictures)
  );
}
