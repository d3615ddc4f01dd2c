import { z } from 'zod';

export const aspectRatioSchema = z.templateLiteral([z.number(), ':', z.number()]);
export type AspectRatio = z.infer<typeof aspectRatioSchema>;

/** Every model draws it. */
export const defaultAspectRatio: AspectRatio = '1:1';

/** The kinds of request and answer that models have: see `models/`. */
export type ImageModelFamily =
  | 'stability'
  | 'amazon-titan'
  | 'amazon-nova-canvas'
  | 'stable-diffusion-xl'
  | 'stable-diffusion-xl-v0'
  | 'openai';

/** What is known about a model: one table of these drives validation, help and cost. */
export interface ModelInfo {
  modelId: string;
  /** The vendor's name for it, as users read it. */
  label: string;
  /** What a user types to choose it. */
  shortName: string;
  family: ImageModelFamily;
  /**
   * Retired: the vendor no longer serves it, but an account with a private arrangement may still reach it. `since` is the
   * day it ended, such as 2026-09-30; `successor` the id of the model to use instead.
   */
  state: { kind: 'active' } | { kind: 'retired'; since: string; successor: string };
  /** The AWS Regions that serve it; empty if no Region matters or none is known. */
  regions: readonly string[];
  aspectRatios: readonly [AspectRatio, ...AspectRatio[]];
  /** Longest prompt, in characters; the same holds for the negative prompt. */
  promptLimit: number;
  /** Prompts in other languages are refused or misread. */
  readsEnglishOnly: boolean;
  takesNegativePrompt: boolean;
  /** False: a seed does not repeat an image of this model; `seedRange` only numbers them. */
  takesSeed: boolean;
  /** Both ends included. */
  seedRange: { min: number; max: number };
  /** US dollars for one image; left out if it is not known, so that none is invented. */
  pricePerImage?: number;
  /** The account's default quota, requests a minute; a careful guess if the vendor publishes none. */
  requestsPerMinute: number;
}

/** The first is the default. */
export type Models = readonly [ModelInfo, ...ModelInfo[]];

/** What can be made of an image. Records, menus and settings carry these names for ever. */
export const operationNames = [
  'vary_subtle',
  'vary_strong',
  'upscale',
  'aspect_ratio',
  'remove_background',
  'replace',
  'recolor',
  'style_guide',
  'edit',
  'image_to_image',
  'structure',
  'sketch',
] as const;
export type OperationName = (typeof operationNames)[number];

/** An image to work from, already within the limits of its operation. Sides in pixels. */
export interface InputImage {
  bytes: Uint8Array;
  width: number;
  height: number;
}

export interface OperationInput {
  operation: OperationName;
  image: InputImage;
  /** What in the image is to be changed, for operations that look for it. */
  target?: string | undefined;
}

export interface ImageModelRequest {
  prompt: string;
  negativePrompt?: string | undefined;
  aspectRatio: AspectRatio;
  seed: number;
  /** The vendor's own name of a style, for families that have such a field: see `applyStyle`. */
  nativeStyle?: string | undefined;
  /** Left out: drawn from the prompt alone. */
  input?: OperationInput | undefined;
  /** Ends the call, its retries and its waits. */
  abortSignal: AbortSignal;
}

export const imageMediaTypes = ['image/png', 'image/jpeg'] as const;
export type ImageMediaType = (typeof imageMediaTypes)[number];

export interface GeneratedImage {
  bytes: Uint8Array;
  /** Makes room for the answers of other calls. To be called once `bytes` are saved or given up. */
  release?: () => void;
  mediaType: ImageMediaType;
  /** The seed that the model says it used; the requested one if it does not say. */
  seed: number;
}

/** Draws one image with one model. Every failure is thrown as an `ImageModelError`. */
export type GenerateImage = (request: ImageModelRequest) => Promise<GeneratedImage>;
