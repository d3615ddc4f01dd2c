/** The shapes a picture can have; each model offers some of them. */
export type AspectRatio = `${number}:${number}`;

/** What is known of a model: limits, price and whether it is still served. One table of these drives validation, help and cost. */
export interface ImageModelFacts {
  modelId: string;
  /** The vendor's name for it, as people read it. */
  label: string;
  /** What a person types to choose it. */
  shortName: string;
  aspectRatios: readonly [AspectRatio, ...AspectRatio[]];
  defaultAspectRatio: AspectRatio;
  /** Longest prompt, in characters. */
  promptLimit: number;
  /** Both ends included. */
  seedRange: { min: number; max: number };
  /** US dollars for one picture; left out where no price is known, so that none is invented. */
  pricePerImage?: number;
  /** The account's default quota, requests a minute. */
  requestsPerMinute: number;
}

export interface ImageModelRequest {
  prompt: string;
  negativePrompt?: string | undefined;
  aspectRatio: AspectRatio;
  seed: number;
  /** Ends the call, its retries and its waiting. */
  abortSignal: AbortSignal;
}

export type ImageMediaType = 'image/png' | 'image/jpeg';

export interface GeneratedImage {
  bytes: Uint8Array;
  mediaType: ImageMediaType;
  /** The seed that the model says it used; the asked one where it says nothing. */
  seed: number;
}

/** One model of one vendor: draws one picture a call. Every failure is thrown as an `ImageModelError`. */
export interface ImageModel {
  facts: ImageModelFacts;
  generateImage(request: ImageModelRequest): Promise<GeneratedImage>;
}
