import type { ModelInfo } from '../../../../src/core/image-model.js';
import { models } from '../../../../src/core/model-catalog.js';

const [first, ...others] = models;

/** What a workspace with an OpenAI key offers. */
export const offered: readonly [ModelInfo, ...ModelInfo[]] = [
  first,
  ...others.filter(({ state, modelId }) => state.kind === 'active' && !modelId.includes('2.5')),
];
