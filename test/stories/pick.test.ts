import { describe, expect, it, vi } from 'vitest';
import { isFinished, isPicked, type Story, type StoryOptions, startStory, textOf } from './story.js';

async function startWithImages(options?: StoryOptions) {
  const story = await startStory(options);
  await story.imagine('a red fox in the snow');
  return { story, message: await story.see('four images', isFinished) };
}

const privateAnswer = (story: Story, user: string) =>
  story.see('a private answer', ({ isEphemeral }) => isEphemeral, { user });

describe('Use this one', () => {
  it('turns the message into the picked image, kept by Slack, with its recipe and the user who picked it', async () => {
    const { story, message } = await startWithImages();
    await story.click(message, 2);
    const picked = await story.see('the kept image', ({ images }) => images.some(({ fileId }) => fileId !== undefined));
    const [record] = story.records();
    expect(picked.ts).toBe(message.ts);
    expect(picked.images).toHaveLength(1);
    expect(picked.images[0]?.problem).toBeUndefined();
    expect(picked.images[0]?.altText).toBe('Image 2: a red fox in the snow');
    const file = story.workspace.fileOf(picked.images[0]?.fileId ?? '');
    expect(file?.altText).toBe('Image 2: a red fox in the snow');
    expect(file?.sharedIn).toContain(story.marketing);
    expect(textOf(picked)).toContain(`"user_id":"${story.ana}"},{"type":"text","text":" chose this image of"`);
    expect(textOf(picked)).toContain(`1:1 · seed ${record?.images[1]?.seed} · Stable Image Core`);
    expect(record?.pick).toMatchObject({ number: 2, pickedBy: story.ana, slackFileId: picked.images[0]?.fileId });
  });

  it('leaves all four images in the bucket', async () => {
    const { story, message } = await startWithImages();
    await story.click(message, 3);
    await story.see('the picked image', isPicked);
    expect(story.s3.objects(story.bucket).filter(({ contentType }) => contentType === 'image/png')).toHaveLength(4);
  });

  it('lets one of two simultaneous clicks win, and message and record agree', async () => {
    const { story, message } = await startWithImages();
    await Promise.all([story.click(message, 1), story.click(message, 4)]);
    const picked = await story.see('the kept image', ({ images }) => images.some(({ fileId }) => fileId !== undefined));
    const winner = story.records()[0]?.pick?.number;
    expect([1, 4]).toContain(winner);
    expect(picked.images[0]?.altText).toBe(`Image ${winner}: a red fox in the snow`);
    const loser = await privateAnswer(story, story.ana);
    expect(loser.text).toBe(`You already chose image ${winner}.`);
  });

  it('made through another process is not undone for good by the progress of this one', async () => {
    const story = await startStory();
    const areLate = { times: 3, when: ({ seed = 0 }) => seed > 100 };
    story.bedrock.faults.add({ kind: 'slow', milliseconds: 4000 }, areLate);
    await story.imagine('a red fox in the snow --seed 100');
    await vi.waitFor(() => expect(story.records()[0]?.images[0]?.state).toBe('stored'), 10_000);
    await story.changeRecord({ pick: { number: 1, pickedBy: story.ana, pickedAt: new Date().toISOString() } });
    await vi.waitFor(() => expect(story.records()[0]?.finishedAt).toBeDefined(), { timeout: 10_000 });
    await story.app.stop();
    const updates = story.workspace.calls().filter(({ method }) => method === 'chat.update');
    expect(updates.at(-1)?.arguments.text).toBe('Picked: a red fox in the snow');
    expect(story.workspace.messages(story.marketing).map(isPicked)).toEqual([true]);
  });

  it('lets one of many clicks on two processes win', async () => {
    const { story, message } = await startWithImages({ settings: { WHO_MAY_PICK: 'anyone' } });
    await story.startApp();
    await story.workspace.waitFor(() => story.workspace.connections() === 2);
    await Promise.all(
      [1, 2, 3, 4, 1, 2, 3, 4].map((number, index) => story.click(message, number, index % 2 ? story.ben : story.ana)),
    );
    const picked = await story.see('the kept image', ({ images }) => images.some(({ fileId }) => fileId !== undefined));
    expect(picked.images[0]?.altText).toBe(`Image ${story.records()[0]?.pick?.number}: a red fox in the snow`);
  });

  it('tells every other user privately who may choose', async () => {
    const { story, message } = await startWithImages();
    await story.click(message, 2, story.ben);
    const answer = await privateAnswer(story, story.ben);
    expect(answer.text).toBe(
      `Only <@${story.ana}> can do that here. You can draw your own images from the same prompt.`,
    );
    expect(story.records()[0]?.pick).toBeUndefined();
  });

  it('names both users if another user may choose and does', async () => {
    const { story, message } = await startWithImages({ settings: { WHO_MAY_PICK: 'anyone' } });
    await story.click(message, 2, story.ben);
    const picked = await story.see('the picked image', isPicked);
    expect(textOf(picked)).toContain(`"user_id":"${story.ben}"},{"type":"text","text":" chose this image of"`);
    expect(textOf(picked)).toContain(`"text":"asked for by "},{"type":"user","user_id":"${story.ana}"`);
  });

  it('works after the process was replaced', async () => {
    const { story, message } = await startWithImages();
    await story.app.stop();
    await story.startApp();
    await story.click(message, 2);
    expect((await story.see('the picked image', isPicked)).ts).toBe(message.ts);
  });

  it('shows a link that is valid for days if the file cannot be uploaded', async () => {
    const { story, message } = await startWithImages();
    story.workspace.faults.calls.add(
      { kind: 'error', error: 'file_uploads_disabled' },
      { times: 10, when: ({ method }) => method === 'files.getUploadURLExternal' },
    );
    await story.click(message, 2);
    const picked = await story.see('the picked image', isPicked);
    await story.app.stop();
    expect(new URL(picked.images[0]?.url ?? '').searchParams.get('X-Amz-Expires')).toBe('604800');
    expect(story.records()[0]?.pick?.slackFileId).toBeUndefined();
  });

  it('waits for Slack to process the file', async () => {
    const { story, message } = await startWithImages();
    story.workspace.settings.fileProcessingMs = 1500;
    await story.click(message, 2);
    await story.see('the kept image', ({ images }) => images.some(({ fileId }) => fileId !== undefined));
  });
});

describe('a click on a batch that cannot be read', () => {
  it('is answered if the batch is gone', async () => {
    const { story, message } = await startWithImages();
    for (const { key } of story.s3.objects(story.bucket)) story.s3.deleteObject(story.bucket, key);
    await story.click(message, 1);
    expect((await privateAnswer(story, story.ana)).text).toContain('I can no longer find these images.');
  });

  it('is answered if the record is invalid', async () => {
    const { story, message } = await startWithImages();
    await story.overwriteRecord('{"version":99}');
    await story.click(message, 1);
    expect((await privateAnswer(story, story.ana)).text).toContain('The record of these images cannot be read');
    expect(story.log()).toMatch(/"level":40,.*batch\.json is not a record that this version can read/);
  });
});
