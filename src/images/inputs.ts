import PQueue from 'p-queue';
import type { Source } from '../core/batch/batch.js';
import type { ImageStore, Inputs } from '../core/batch/deps.js';
import type { InputImage } from '../core/image-model.js';
import { findOperation } from '../core/model-catalog.js';
import { createMemory } from './memory.js';

/** Four variations work from the same image at once: it is read and scaled down for the first of them. */
const maxKept = 2;

/** With the first image, as in previews.ts. */
const loadFitting = () => import('./fit-input.js');

/** Images of the bucket, as operations take them, and those that users give. */
export function createInputs(images: Pick<ImageStore, 'load' | 'saveInput'>): Inputs {
  const kept = createMemory<InputImage>(maxKept);
  const reading = new PQueue({ concurrency: 1 }); // an image of 50 million pixels takes up to 200 MB
  return {
    load(workspaceId, source, operation) {
      const { channelId, id } = source;
      return kept.get(JSON.stringify([workspaceId, source, operation]), async () => {
        const bytes = await images.load({ workspaceId, channelId, id }, source);
        return (await loadFitting()).fitInput(bytes, findOperation(operation).input);
      });
    },

    async keep(reference, given, operation): Promise<Source> {
      const { fitInput, normalizeInput } = await loadFitting();
      const { mediaType, bytes } = await reading.add(() => normalizeInput(given));
      await fitInput(bytes, findOperation(operation).input); // what is of no use is not stored
      await images.saveInput(reference, mediaType, bytes);
      return { channelId: reference.channelId, id: reference.id, number: 0, mediaType };
    },
  };
}
