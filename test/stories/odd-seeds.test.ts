import { expect, it } from 'vitest';
import { isFinished, isPicked, startStory } from './story.js';

const stability = 'stability.sd3-5-large-v1:0';
const stableDiffusionXl = 'stability.stable-diffusion-xl-v1';
const oddSeeds = [-1, 0.5, 2 ** 53, 1e21];

it.each([stability, stableDiffusionXl].flatMap((model) => oddSeeds.map((seed) => [model, seed] as const)))(
  'an image that %s says it drew by seed %d keeps the seed that was asked for, and can be picked',
  async (model, seed) => {
    const story = await startStory({ settings: { IMAGE_MODEL: model }, bedrock: { keepRetired: true } });
    story.bedrock.faults.add({ kind: 'other seed', seed }, { when: (request) => request.seed === 101 });
    await story.imagine('a red fox --seed 100');
    const message = await story.see('four images', (seen) => isFinished(seen) && seen.images.length === 4);
    expect(story.records()[0]?.images.map((image) => image.seed)).toEqual([100, 101, 102, 103]);
    await story.click(message, 2);
    await story.see('the picked image', isPicked);
  },
);
