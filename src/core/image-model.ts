/** The shapes an image can have; each model offers some of them. */
export type AspectRatio = `${number}:${number}`;

/** The request and answer shapes there are; each is one file of `image-models/`. */
export type ImageModelFamily =
  | 'stability'
  | 'amazon-titan'
  | 'amazon-nova-canvas'
  | 'stable-diffusion-xl'
  | 'stable-diffusion-xl-v0'
  | 'openai';

/** Retired: the vendor no longer serves it, but an account with a private arrangement may still reach it. */
export type ImageModelState =
  | { kind: 'active' }
  | {
      kind: 'retired';
      /** The day of its end, such as 2026-09-30. */
      since: string;
      /** The id of the model to use instead. */
      successor: string;
    };

/** What is known of a model: limits, price and whether it is still served. One table of these drives validation, help and cost. */
export interface ModelInfo {
  modelId: string;
  /** The vendor's name for it, as people read it. */
  label: string;
  /** What a person types to choose it. */
  shortName: string;
  provider: 'bedrock' | 'openai';
  family: ImageModelFamily;
  state: ImageModelState;
  /** The AWS Regions that serve it, or served it; empty where no Region matters or none is known. */
  regions: readonly string[];
  aspectRatios: readonly [AspectRatio, ...AspectRatio[]];
  defaultAspectRatio: AspectRatio;
  /** Longest prompt, in characters; the same holds for the negative prompt. */
  promptLimit: number;
  /** Prompts in other languages are refused or misread. */
  readsEnglishOnly: boolean;
  takesNegativePrompt: boolean;
  /** False: images of this model cannot be drawn again by seed, and `seedRange` only numbers them. */
  takesSeed: boolean;
  /** Both ends included. */
  seedRange: { min: number; max: number };
  /** US dollars for one image; left out where no price is known, so that none is invented. */
  pricePerImage?: number;
  /** The account's default quota, requests a minute; a careful guess of ours where the vendor publishes none. */
  requestsPerMinute: number;
}

export interface ImageModelRequest {
  prompt: string;
  negativePrompt?: string | undefined;
  aspectRatio: AspectRatio;
  seed: number;
  /** The vendor's own name of a style, for families that have such a field: see `applyStyle`. */
  nativeStyle?: string | undefined;
  /** Ends the call, its retries and its waiting. */
  abortSignal: AbortSignal;
}

export type ImageMediaType = 'image/png' | 'image/jpeg';

export interface GeneratedImage {
  bytes: Uint8Array;
  /** When the image's time is up. Until then it is worth saving: it is paid for. */
  deadline?: AbortSignal;
  /**
   * For whoever looks at `bytes` no more: makes room for other answers. `isIdle` is false if a request that failed may
   * still be sending them, so that their memory is not lent to another image.
   */
  release?: (isIdle: boolean) => void;
  mediaType: ImageMediaType;
  /** The seed that the model says it used; the asked one where it says nothing. */
  seed: number;
}

/** One model of one vendor: draws one image a call. Every failure is thrown as an `ImageModelError`. */
export interface ImageModel {
  modelInfo: ModelInfo;
  generateImage(request: ImageModelRequest): Promise<GeneratedImage>;
}
