import { describe, expect, it } from 'vitest';
import { isPicked, startStory, startWithImages, textOf } from './story.js';

const byAnyone = { settings: { WHO_MAY_PICK: 'anyone' } };

describe('Use this one', () => {
  it('turns the message into the picked image, kept by Slack, with its recipe and the user who picked it', async () => {
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
    expect(textOf(picked)).toContain(`1:1 · seed ${record?.images[1]?.seed} · Stable Image Core`);
    expect(record?.pick).toMatchObject({ number: 2, pickedBy: story.ana, slackFileId: picked.images[0]?.fileId });
    expect(story.keys(/\.png$/)).toHaveLength(4);
  });

  it('lets one of two simultaneous clicks win, and message and record agree', async () => {
    const { story, message } = await startWithImages();
    await Promise.all([story.click(message, 1), story.click(message, 4)]);
    const picked = await story.seeKept();
    const winner = story.records()[0]?.pick?.number;
    expect(winner).toBeOneOf([1, 4]);
    expect(picked.images[0]?.altText).toBe(`Image ${winner}: a red fox`);
    expect((await story.seePrivately()).text).toBe(`You already chose image ${winner}.`);
  });

  it('made through another process is not undone for good by the progress of this one', async () => {
    const story = await startStory();
    const areLate = { times: 3, when: ({ seed = 0 }) => seed > 100 };
    story.bedrock.faults.add({ kind: 'slow', milliseconds: 4000 }, areLate);
    await story.imagine('a red fox --seed 100');
    await story.until(() => story.records()[0]?.images[0]?.state === 'stored');
    await story.changeRecord({ pick: { number: 1, pickedBy: story.ana, pickedAt: new Date().toISOString() } });
    await story.until(() => story.records()[0]?.finishedAt);
    await story.app.stop();
    const updates = story.workspace.calls().filter(({ method }) => method === 'chat.update');
    expect(updates.at(-1)?.arguments.text).toBe('Picked: a red fox');
    expect(story.posted().map(isPicked)).toEqual([true]);
  });

  it('lets one of many clicks on two processes win', async () => {
    const { story, message } = await startWithImages(byAnyone);
    await story.startApp();
    await story.until(() => story.workspace.connections() === 2);
    await Promise.all(
      [1, 2, 3, 4, 1, 2, 3, 4].map((number, index) => story.click(message, number, index % 2 ? story.ben : story.ana)),
    );
    const { images } = await story.seeKept();
    expect(images[0]?.altText).toBe(`Image ${story.records()[0]?.pick?.number}: a red fox`);
  });

  it('tells every other user privately who may choose', async () => {
    const { story, message } = await startWithImages();
    await story.click(message, 2, story.ben);
    expect((await story.seePrivately('', { user: story.ben })).text).toBe(
      `Only <@${story.ana}> can do that here. You can draw your own images from the same prompt.`,
    );
    expect(story.records()[0]?.pick).toBeUndefined();
  });

  it('names both users if another user may choose and does', async () => {
    const { story, message } = await startWithImages(byAnyone);
    await story.click(message, 2, story.ben);
    const picked = textOf(await story.seePicked());
    expect(picked).toContain(`"user_id":"${story.ben}"},{"type":"text","text":" chose this image of"`);
    expect(picked).toContain(`"text":"asked for by "},{"type":"user","user_id":"${story.ana}"`);
  });

  it('shows a link that is valid for days if the file cannot be uploaded', async () => {
    const { story, message } = await startWithImages();
    story.planCalls('files.getUploadURLExternal', { kind: 'error', error: 'file_uploads_disabled' }, 10);
    await story.click(message, 2);
    const picked = await story.seePicked();
    await story.app.stop();
    expect(new URL(picked.images[0]?.url ?? '').searchParams.get('X-Amz-Expires')).toBe('604800');
    expect(story.records()[0]?.pick?.slackFileId).toBeUndefined();
  });
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
