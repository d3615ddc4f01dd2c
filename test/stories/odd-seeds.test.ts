import { expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { startStory } from './story.js';

it.each(['stability.sd3-5-large-v1:0', 'stability.stable-diffusion-xl-v1'])(
  'an image that %s says it drew by an odd seed keeps the seed that was asked for, and can be picked',
  async (model) => {
    const story = await startStory({ settings: { IMAGE_MODEL: model }, bedrock: { keepRetired: true } });
    const known: SeenMessage[] = [];
    for (const seed of [-1, 0.5, 2 ** 53, 1e21]) {
      story.bedrock.faults.add({ kind: 'other seed', seed }, { when: (request) => request.seed === 101 });
      await story.imagine('a red fox --seed 100');
      const message = await story.seeNewBatch(known);
      known.push(message);
      const asked = story
        .records()
        .at(-1)
        ?.images.map((image) => image.seed);
      expect([seed, message.images.length, asked]).toEqual([seed, 4, [100, 101, 102, 103]]);
    }
    const [message] = known;
    if (message) await story.click(message, 2);
    await story.seePicked();
  },
);
