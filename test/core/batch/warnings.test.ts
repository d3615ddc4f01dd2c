import { expect, test } from 'vitest';
import type { Batch } from '../../../src/core/batch/batch.js';
import { findWarnings } from '../../../src/core/batch/plan-batch.js';
import { warningSentence } from '../../../src/text/batch.js';
import { exampleBatch } from '../example-batch.js';

function warn(modelIds: readonly string[], settings: Omit<Batch['settings'], 'aspectRatio'>): string[] {
  const sent = modelIds.map((modelId) => ({ modelId, prompt: 'a red fox' }));
  const batch = exampleBatch({ sent, settings: { aspectRatio: '1:1', ...settings } });
  return findWarnings(batch).map(warningSentence);
}

const core = 'stability.stable-image-core-v1:1';
const everything = { negativePrompt: 'text', seed: 7, styleId: 'photo' };

test('a model that can do all that was asked needs no warning, nor does a style in words', () => {
  expect(warn([core], everything)).toEqual([]);
});

test('each model is told by its name, with what that means for its images', () => {
  expect(warn([core, 'gpt-image-2', 'stability.stable-diffusion-xl-v0'], everything)).toEqual([
    'GPT Image 2 takes no negative prompt, so “text” may still appear.',
    'GPT Image 2 takes no seeds, so its images cannot be reproduced exactly.',
    'Stable Diffusion XL 0.8 takes no negative prompt, so “text” may still appear.',
  ]);
});

test('what was not asked for is not missed, and a model that left the table is passed over', () => {
  expect(warn(['gpt-image-2'], { styleId: 'photo' })).toEqual([]);
  expect(warn(['old.model'], everything)).toEqual([]);
});

test('a long text is told in short, on one line', () => {
  const [sentence = ''] = warn(['gpt-image-2'], { negativePrompt: 'text,\npeople, '.repeat(700) });
  expect(sentence).toMatch(/^GPT Image 2 takes no negative prompt, so “text, people, .{1,60}…” may still appear\.$/);
});
