import { describe, expect, it } from 'vitest';
import { isFinished, lastLine, startStory, textOf } from './story.js';

describe('/imagine with a prompt', () => {
  it('first shows who asked for what, the model and the approximate cost', async () => {
    const story = await startStory();
    story.bedrock.faults.add({ kind: 'slow', milliseconds: 1000 }, { times: 4 });
    await story.imagine('a red fox in the snow');
    const message = await story.see('the placeholder', () => true);
    expect(message.blocks).toMatchInlineSnapshot(`
      [
        {
          "block_id": "b00000003",
          "elements": [
            {
              "elements": [
                {
                  "type": "user",
                  "user_id": "U000000ANA",
                },
                {
                  "text": " asked for 4 images of",
                  "type": "text",
                },
              ],
              "type": "rich_text_section",
            },
            {
              "elements": [
                {
                  "text": "a red fox in the snow",
                  "type": "text",
                },
              ],
              "type": "rich_text_quote",
            },
          ],
          "type": "rich_text",
        },
        {
          "block_id": "b00000004",
          "elements": [
            {
              "emoji": false,
              "text": "Drawing 4 images · 1:1 · Stable Image Core · about $0.16",
              "type": "plain_text",
            },
          ],
          "type": "context",
        },
      ]
    `);
    expect(message.text).toBe('Drawing 4 images of a red fox in the snow');
  });

  it('ends with four different images and their recipe', async () => {
    const story = await startStory();
    await story.imagine('a red fox in the snow');
    const message = await story.see('the recipe', isFinished);
    const images = message.images.map(({ url = '' }) => story.workspace.imageOf(url)?.bytes.toString('base64'));
    expect(new Set(images).size).toBe(4);
    expect(images).not.toContain(undefined);
    const [seed = 0] = story.records()[0]?.images.map((image) => image.seed) ?? [];
    const { id = '' } = story.records()[0] ?? {};
    expect(lastLine(message)).toMatch(/ · \d+ s · /);
    expect(lastLine(message).replace(/ · \d+ s · /, ' · N s · ')).toBe(
      `1:1 · seeds ${seed}–${seed + 3} · Stable Image Core · N s · about $0.16 · batch ${id.slice(-6).toLowerCase()}`,
    );
    expect(message.images.map(({ altText }) => altText)).toEqual(
      [1, 2, 3, 4].map((number) => `Image ${number}: a red fox in the snow`),
    );
  });

  it('sends the model four requests in its own format, each with its own seed', async () => {
    const story = await startStory();
    await story.imagine('a red fox in the snow');
    await story.see('the recipe', isFinished);
    const bodies = story.bedrock.requests().map(({ body }) => body);
    const base = story.seedOf(1) ?? 0;
    expect(bodies).toHaveLength(4);
    expect(bodies).toEqual(
      expect.arrayContaining(
        [0, 1, 2, 3].map((step) => ({
          prompt: 'a red fox in the snow',
          aspect_ratio: '1:1',
          seed: base + step,
          output_format: 'png',
        })),
      ),
    );
  });

  it('stores images and record under workspace, channel and batch, each with its type', async () => {
    const story = await startStory();
    await story.imagine('a red fox in the snow');
    await story.see('the recipe', isFinished);
    const [record] = story.records();
    const folder = `${story.workspace.team.id}/${story.marketing}/${record?.id}`;
    const objects = story.s3.objects(story.bucket).filter(({ key }) => key.startsWith(folder));
    expect(objects.map(({ key, contentType }) => [key.slice(folder.length), contentType])).toEqual([
      ['/1.png', 'image/png'],
      ['/2.png', 'image/png'],
      ['/3.png', 'image/png'],
      ['/4.png', 'image/png'],
      ['/batch.json', 'application/json'],
    ]);
    expect(record).toMatchObject({
      version: 1,
      requesterId: story.ana,
      prompt: 'a red fox in the snow',
      settings: { aspectRatio: '1:1' },
      images: [{ state: 'stored', modelId: 'stability.stable-image-core-v1:1' }, {}, {}, {}],
    });
  });

  it('decodes what Slack escaped before a model reads it', async () => {
    const story = await startStory();
    await story.imagine('salt & pepper for @ben in #marketing, see https://example.com/menu');
    await story.see('the recipe', isFinished);
    expect(story.records()[0]?.prompt).toBe('salt & pepper for someone in marketing, see https://example.com/menu');
  });

  it.each(['<!channel> hello', '*bold* <https://example.com|here> `code`', '@here @channel &lt;!everyone&gt;'])(
    'never notifies or formats: %s',
    async (prompt) => {
      const story = await startStory();
      await story.imagine(prompt);
      const message = await story.see('the recipe', isFinished);
      expect(message.text).not.toMatch(/<[!@#]/);
      const mrkdwn = JSON.stringify(message.blocks).match(/\{"type":"mrkdwn"[^}]*\}/g) ?? [];
      expect(mrkdwn.join()).not.toMatch(/<|channel|here|code/);
    },
  );
});

describe('/imagine that starts nothing', () => {
  it.each(['help', 'HELP', '  help '])('answers %j with help that only the asker sees', async (text) => {
    const story = await startStory();
    await story.imagine(text);
    const answer = await story.see('the help', ({ isEphemeral }) => isEphemeral);
    expect(textOf(answer)).toContain('/imagine a red fox in the snow');
    expect(story.workspace.messages(story.marketing, { as: story.ben })).toEqual([]);
    expect(story.records()).toEqual([]);
  });

  it('says how long the prompt is and may be if it is too long', async () => {
    const story = await startStory();
    await story.imagine('fox '.repeat(2_501));
    const answer = await story.see('the issue', ({ isEphemeral }) => isEphemeral);
    expect(answer.text).toEqual(
      expect.stringMatching(
        /^The prompt has 10,003 characters, and Stable Image Core takes 10,000\. Please shorten it\.\nNothing was started\./,
      ),
    );
    expect(story.records()).toEqual([]);
  });
});
