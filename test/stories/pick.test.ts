import { expect, it } from 'vitest';
import { uploads } from './restart-story.js';
import { type Story, startWithImages, textOf } from './story.js';

const byAnyone = { settings: { WHO_MAY_PICK: 'anyone' } };

it('a choice turns the message into the picked image, kept by Slack, with the user who picked it and a menu', async () => {
  const { story, message } = await startWithImages();
  story.workspace.settings.fileProcessingMs = 1500; // it waits for Slack to process the file
  await story.click(message, 2);
  const picked = await story.seeKept();
  const [record] = story.records();
  const altText = 'Image 2: a red fox';
  expect(picked).toMatchObject({ ts: message.ts, images: [{ altText }] });
  expect(picked.images[0]?.problem).toBeUndefined();
  const file = story.workspace.fileOf(picked.images[0]?.fileId ?? '');
  expect(file?.altText).toBe(altText);
  expect(file?.sharedIn).toContain(story.marketing);
  expect(textOf(picked)).toContain(`"user_id":"${story.ana}"},{"type":"text","text":" chose this image of"`);
  expect(picked.blocks.map(({ type }) => type)).toEqual(['rich_text', 'image', 'actions']);
  expect(record?.pick).toMatchObject({ number: 2, pickedBy: story.ana, slackFileId: picked.images[0]?.fileId });
  expect(story.keys(/\.png$/)).toHaveLength(4);
});

it('of two simultaneous clicks one wins, and message and record agree', async () => {
  const { story, message } = await startWithImages();
  await Promise.all([story.click(message, 1), story.click(message, 4)]);
  const picked = await story.seeKept();
  const winner = story.records()[0]?.pick?.number;
  expect(winner).toBeOneOf([1, 4]);
  expect(picked.images[0]?.altText).toBe(`Image ${winner}: a red fox`);
  expect((await story.seePrivately()).text).toBe(`You already chose image ${winner}.`);
});

it('every other user who clicks is told privately who may choose', async () => {
  const { story, message } = await startWithImages();
  await story.click(message, 2, story.ben);
  expect((await story.seePrivately('', { user: story.ben })).text).toBe(
    `Only <@${story.ana}> can do that here. You can draw your own images from the same prompt.`,
  );
  expect(story.records()[0]?.pick).toBeUndefined();
});

it('the picked image names both users if another user may choose and does', async () => {
  const { story, message } = await startWithImages(byAnyone);
  await story.click(message, 2, story.ben);
  const picked = textOf(await story.seePicked());
  expect(picked).toContain(`"user_id":"${story.ben}"},{"type":"text","text":" chose this image of"`);
  expect(picked).toContain(`"text":"asked for by "},{"type":"user","user_id":"${story.ana}"`);
});

it('a click on a batch whose record is invalid or gone is answered', async () => {
  const { story, message } = await startWithImages();
  await story.overwriteRecord('{"version":99}');
  await story.click(message, 1);
  await story.seePrivately('The record of these images cannot be read');
  expect(story.log()).toMatch(/"level":40,.*batch\.json is not a record that this version can read/);
  for (const { key } of story.s3.objects(story.bucket)) story.s3.deleteObject(story.bucket, key);
  await story.click(message, 1);
  await story.seePrivately('I can no longer find these images.');
});

/** Holds the next two writes of a record until both have been requested. */
function letTwoWritesMeet({ s3 }: Story): void {
  let count = 0;
  let meet = () => {};
  const until = new Promise<void>((resolve) => {
    meet = resolve;
  });
  const when = ({ operation, key }: { operation: string; key: string }) => {
    if (operation !== 'PutObject' || !key.endsWith('/batch.json')) return false;
    count += 1;
    if (count === 2) meet();
    return true;
  };
  s3.faults.add({ kind: 'held', until }, { times: 2, when });
}

const ways = ['one click is delivered to two replicas', 'two clicks come in the same millisecond'];

it.each(ways)('a pick is uploaded once if %s', async (how) => {
  let turn = 0;
  const random = () => {
    turn = (turn + 0.5) % 1;
    return turn; // the replicas take turns receiving what Slack delivers
  };
  const { story, message } = await startWithImages({ workspace: { random } });
  const other = await story.startApp();
  story.stopClock();
  letTwoWritesMeet(story);
  if (how.startsWith('one click')) {
    story.workspace.faults.deliveries.add({ kind: 'duplicate' });
    await story.click(message, 2);
  } else {
    await Promise.all([story.click(message, 2), story.click(message, 2)]);
  }
  await story.seeKept();
  await Promise.all([story.app.stop(), other.stop()]);
  expect(uploads(story)).toHaveLength(1);
  expect(story.s3.faults.unmet()).toEqual([]);
});
