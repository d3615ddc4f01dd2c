import type { Source } from '../core/batch/batch.js';
import type { ImageStore, Inputs } from '../core/batch/deps.js';
import { InputError } from '../core/errors.js';
import type { InputImage, OperationName } from '../core/image-model.js';
import { findOperation, type InputLimits } from '../core/model-catalog.js';
import { open } from './contact-sheet.js';
import { createMemory } from './memory.js';

/** Four variations work from the same image at once: it is read and scaled down for the first of them. */
const maxKept = 2;

/** A model gains nothing from more. */
const jpeg = { quality: 95, chromaSubsampling: '4:4:4' } as const;

/** Images of the bucket, as operations take them. */
export function createInputs(images: Pick<ImageStore, 'load'>): Inputs {
  const kept = createMemory<InputImage>(maxKept);
  return {
    load(workspaceId: string, source: Source, operation: OperationName): Promise<InputImage> {
      const { channelId, id } = source;
      return kept.get(JSON.stringify([source, operation]), async () =>
        fitInput(await images.load({ workspaceId, channelId, id }, source), findOperation(operation).input),
      );
    },
  };
}

/**
 * The image within these limits: untouched if it is, otherwise scaled down.
 * @throws InputError
 */
async function fitInput(bytes: Uint8Array, limits: InputLimits): Promise<InputImage> {
  const { width, height, hasAlpha } = await measure(bytes);
  const [short, long] = width < height ? [width, height] : [height, width];
  if (long / short > limits.maxRatio) throw new InputError('too_slim');
  if (limits.finalPixels !== undefined && width * height > limits.finalPixels) throw new InputError('final_size');
  const scale = Math.min(1, limits.maxSide / long, Math.sqrt(limits.maxPixels / (width * height)));
  if (short * scale < limits.minSide) throw new InputError('too_small');
  if (scale === 1) return { bytes, width, height };
  const shorter = Math.floor(short * scale);
  const longer = Math.floor(Math.min(long * scale, shorter * limits.maxRatio)); // whole pixels can make it too slim
  const size = width < height ? { width: shorter, height: longer } : { width: longer, height: shorter };
  const scaled = open(bytes).resize({ ...size, fit: 'fill' });
  return { bytes: await (hasAlpha ? scaled.png() : scaled.jpeg(jpeg)).toBuffer(), ...size };
}

async function measure(bytes: Uint8Array) {
  try {
    return await open(bytes).metadata();
  } catch (cause) {
    throw new InputError('unreadable', { cause });
  }
}
