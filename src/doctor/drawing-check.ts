import { type Check, fix, ok } from '../core/check-result.js';
import { ImageModelError } from '../core/errors.js';
import type { GeneratedImage, ImageModelRequest, ModelInfo } from '../core/image-model.js';
import { redact } from '../core/redact.js';

export interface DrawingCheckOptions {
  modelInfo: ModelInfo;
  generateImage(modelId: string, request: Omit<ImageModelRequest, 'abortSignal'>): Promise<GeneratedImage>;
  /** The deadline that the app gives an image. */
  timeoutSeconds: number;
}

/** One image, the way the app draws. It costs what an image costs. */
export function createDrawingCheck({ modelInfo, generateImage, timeoutSeconds }: DrawingCheckOptions): Check {
  const { label, defaultAspectRatio: aspectRatio, seedRange } = modelInfo;
  return {
    subject: 'model',
    limitSeconds: timeoutSeconds + 1, // the model's own deadline comes first and says more
    async look() {
      try {
        const request = { prompt: 'a red fox', aspectRatio, seed: seedRange.min };
        const { bytes, mediaType } = await generateImage(modelInfo.modelId, request);
        return [ok(`model: ${label} drew an image (${mediaType}, ${bytes.length} bytes)`)];
      } catch (error) {
        if (!(error instanceof ImageModelError)) throw error;
        const said = error.cause instanceof Error ? `: ${redact(error.cause.message)}` : '';
        return [fix(`model: ${label} drew no image (${error.reason}, ${error.message}${said}). ${adviceOn(error)}`)];
      }
    },
  };
}

function adviceOn({ reason }: ImageModelError): string {
  switch (reason) {
    case 'denied':
      return 'Allow bedrock:InvokeModel on the model, and subscribe to it: docs/setup.md says how, under AWS.';
    case 'retired':
      return 'Set IMAGE_MODEL to a model that is still served.';
    case 'rejected':
      return 'Do IMAGE_MODEL and BEDROCK_REGION fit each other?';
    case 'throttled':
      return 'Wait a minute and try again; look at the account’s quota for the model.';
    default:
      return 'Try again; if it stays so, look at the AWS health page.';
  }
}
