import {
  type ImageModelFamily,
  type ModelInfo,
  type Models,
  type OperationName,
  operationNames,
} from './image-model.js';

/** Widest first. */
const ratios = {
  nine: ['21:9', '16:9', '3:2', '5:4', '1:1', '4:5', '2:3', '9:16', '9:21'],
  eleven: ['21:9', '16:9', '3:2', '4:3', '5:4', '1:1', '4:5', '3:4', '2:3', '9:16', '9:21'],
  titan: ['11:5', '11:6', '9:5', '16:9', '5:3', '3:2', '9:7', '1:1', '7:9', '2:3', '3:5', '6:11', '5:11'],
} satisfies Record<string, ModelInfo['aspectRatios']>;

/** 0 would mean "random", and 4294967295 is past what SD3.5's page allows. */
const stabilitySeeds = { min: 1, max: 4_294_967_294 };
const amazonSeeds = { min: 0, max: 2_147_483_646 };
/** Here too, https://platform.stability.ai/docs/api-reference#tag/v1generation reads 0 as "random". */
const xlSeeds = { min: 1, max: 4_294_967_295 };
const stableDiffusionXl = { aspectRatios: ratios.nine, promptLimit: 2000, seedRange: xlSeeds, requestsPerMinute: 10 };

const common = {
  state: { kind: 'active' },
  regions: [],
  readsEnglishOnly: true,
  takesNegativePrompt: true,
  takesSeed: true,
} as const;

type FamilyInfo = Pick<ModelInfo, 'aspectRatios' | 'promptLimit' | 'seedRange' | 'requestsPerMinute'> &
  Partial<ModelInfo>;

/** What all models of a family have in common, on the careful side: also assumed of one that is not in the table. */
const families: Readonly<Record<ImageModelFamily, FamilyInfo>> = {
  stability: { aspectRatios: ratios.nine, promptLimit: 10_000, seedRange: stabilitySeeds, requestsPerMinute: 10 },
  'amazon-titan': { aspectRatios: ratios.titan, promptLimit: 512, seedRange: amazonSeeds, requestsPerMinute: 60 },
  'amazon-nova-canvas': {
    aspectRatios: ratios.eleven,
    promptLimit: 1024,
    seedRange: amazonSeeds,
    requestsPerMinute: 100,
  },
  'stable-diffusion-xl': stableDiffusionXl,
  'stable-diffusion-xl-v0': { ...stableDiffusionXl, aspectRatios: ['1:1'], takesNegativePrompt: false },
  /** OpenAI's limits depend on the account's tier: five a minute is a guess that should fit the smallest. */
  openai: {
    aspectRatios: ratios.eleven,
    promptLimit: 32_000,
    readsEnglishOnly: false,
    takesNegativePrompt: false,
    takesSeed: false,
    seedRange: stabilitySeeds,
    requestsPerMinute: 5,
  },
};

function model(
  family: ImageModelFamily,
  modelId: string,
  label: string,
  shortName: string,
  differences: Partial<ModelInfo> = {},
): ModelInfo {
  return { ...common, ...families[family], family, modelId, label, shortName, ...differences };
}

const core = 'stability.stable-image-core-v1:1';
const ultra = 'stability.stable-image-ultra-v1:1';
const sd35 = 'stability.sd3-5-large-v1:0';
const regions = ['us-west-2'];

const stableDiffusion35 = model('stability', sd35, 'Stable Diffusion 3.5 Large', 'sd3.5', {
  regions,
  pricePerImage: 0.08,
  requestsPerMinute: 15,
});
const gptImage = model('openai', 'gpt-image-2', 'GPT Image 2', 'openai');

type RetiredModel = [ImageModelFamily, since: string, shortName: string, modelId: string, label: string];

const retired: readonly RetiredModel[] = [
  ['amazon-nova-canvas', '2026-09-30', 'nova', 'amazon.nova-canvas-v1:0', 'Amazon Nova Canvas'],
  ['amazon-titan', '2026-06-30', 'titan', 'amazon.titan-image-generator-v2:0', 'Titan Image Generator G1 v2'],
  ['amazon-titan', '2025-08-15', 'titan-v1', 'amazon.titan-image-generator-v1', 'Titan Image Generator G1'],
  ['stable-diffusion-xl', '2025-05-20', 'sdxl', 'stability.stable-diffusion-xl-v1', 'Stable Diffusion XL 1.0'],
  ['stable-diffusion-xl-v0', '2024-04-30', 'sdxl-v0', 'stability.stable-diffusion-xl-v0', 'Stable Diffusion XL 0.8'],
  ['stability', '2025-09-04', 'core-v1:0', 'stability.stable-image-core-v1:0', 'Stable Image Core (first version)'],
  ['stability', '2025-09-04', 'ultra-v1:0', 'stability.stable-image-ultra-v1:0', 'Stable Image Ultra (first version)'],
  ['stability', '2025-09-04', 'sd3', 'stability.sd3-large-v1:0', 'Stable Diffusion 3 Large'],
];

/** If the successor is not Stable Image Core, which is the cheapest. */
const successors: Readonly<Record<string, string>> = { 'ultra-v1:0': ultra, sd3: sd35 };

/**
 * Every model that we know, as of November 2026; the first is the default.
 * Quotas: https://docs.aws.amazon.com/general/latest/gr/bedrock.html.
 * Ends: https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html.
 */
export const models: Models = [
  model('stability', core, 'Stable Image Core', 'core', { regions, pricePerImage: 0.04, requestsPerMinute: 90 }),
  model('stability', ultra, 'Stable Image Ultra', 'ultra', { regions, pricePerImage: 0.14 }),
  stableDiffusion35,
  gptImage,
  model('openai', 'gpt-image-2.5-sunburst', 'GPT Image 2.5 Sunburst', 'openai-sunburst'),
  model('openai', 'gpt-image-2.5-flare', 'GPT Image 2.5 Flare', 'openai-flare'),
  ...retired.map(([family, since, shortName, modelId, label]) => {
    const successor = successors[shortName] ?? core;
    return model(family, modelId, label, shortName, { state: { kind: 'retired', since, successor } });
  }),
];

/** What an image has to be like, in pixels. A larger one is scaled down; one that is too small or too slim is refused. */
export interface InputLimits {
  minSide: number;
  maxSide: number;
  maxPixels: number;
  /** Of the longer side to the shorter. */
  maxRatio: number;
  /** An image with more would lose detail, as it is scaled down first. */
  finalPixels?: number;
}

/** What a user says of the image that they want. */
export type OperationField = 'target' | 'text' | 'aspect_ratios';

/** One thing that can be made of an image. */
export interface Operation {
  name: OperationName;
  model: ModelInfo;
  input: InputLimits;
  /** A form asks for them; without any, the work may begin at once. */
  fields: readonly OperationField[];
  /** How many images it makes; with `aspect_ratios`, one for each that is chosen. */
  count: number;
  /** There is nothing to choose from: the result is kept as soon as it is drawn. */
  isFinal: boolean;
  /** False: its model reads no words. */
  isPrompted: boolean;
  /** What it begins from: a batch's image, or one that a user gives. */
  of: 'drawn' | 'given';
}

const regionsOfServices = ['us-east-1', 'us-east-2', 'us-west-2'];
/** The services take up to 9,437,184 pixels. A PNG of four million at most, as large as its input, fits in an answer. */
const limitsOfServices: InputLimits = { minSide: 64, maxSide: 10_000, maxPixels: 4_000_000, maxRatio: 2.5 };
/** With transparency, a pixel takes a third more. */
const cutoutLimits: InputLimits = { ...limitsOfServices, maxPixels: 3_000_000 };
/** Four are drawn at once, of about a megapixel each, whatever they are given. */
const diffusionLimits: InputLimits = { ...limitsOfServices, maxPixels: 1_048_576 };
/** It makes each side four times as long. */
const upscaleLimits: InputLimits = {
  ...limitsOfServices,
  minSide: 32,
  maxSide: 1536,
  maxPixels: 1_048_576,
  finalPixels: 4_194_304,
};
/** Smaller than it need be, so that the whole result stays within what an answer holds. */
const outpaintLimits: InputLimits = { ...limitsOfServices, maxPixels: 1_600_000 };

/** Stability AI Image Services, called by their inference profiles of the United States, with the quotas of those. */
function service(name: string, label: string, differences: Partial<ModelInfo> = {}): ModelInfo {
  const modelId = `us.stability.${name}`;
  const common = { regions: regionsOfServices, pricePerImage: 0.07, requestsPerMinute: 20 };
  return model('stability', modelId, label, modelId, { ...common, ...differences });
}

const wordless = { takesNegativePrompt: false };

type OperationRow = Pick<Operation, 'model'> & Partial<Operation>;

/**
 * Everything that can be made of an image, one row each; the body of its request is in `models/`, its words in `text/`.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/stable-image-services.html
 */
const operationRows: Readonly<Record<OperationName, OperationRow>> = {
  vary_subtle: { model: stableDiffusion35, input: diffusionLimits, count: 4 },
  vary_strong: { model: stableDiffusion35, input: diffusionLimits, count: 4 },
  upscale: {
    model: service('stable-fast-upscale-v1:0', 'Stable Fast Upscale', {
      pricePerImage: 0.03,
      ...wordless,
      takesSeed: false,
    }),
    input: upscaleLimits,
    isFinal: true,
    isPrompted: false,
  },
  aspect_ratio: {
    model: service('stable-outpaint-v1:0', 'Stable Outpaint', {
      pricePerImage: 0.06,
      ...wordless,
      requestsPerMinute: 4,
    }),
    input: outpaintLimits,
    fields: ['aspect_ratios'],
    isPrompted: false,
  },
  remove_background: {
    model: service('stable-image-remove-background-v1:0', 'Stable Remove Background', {
      ...wordless,
      takesSeed: false,
    }),
    input: cutoutLimits,
    isFinal: true,
    isPrompted: false,
  },
  replace: {
    model: service('stable-image-search-replace-v1:0', 'Stable Search and Replace'),
    fields: ['target', 'text'],
  },
  recolor: {
    model: service('stable-image-search-recolor-v1:0', 'Stable Search and Recolor'),
    fields: ['target', 'text'],
  },
  style_guide: {
    model: service('stable-image-style-guide-v1:0', 'Stable Style Guide'),
    input: diffusionLimits,
    fields: ['text'],
    count: 4,
  },
  edit: { model: gptImage, fields: ['text'] },
  image_to_image: { model: stableDiffusion35, input: diffusionLimits, count: 4, of: 'given' },
  structure: {
    model: service('stable-image-control-structure-v1:0', 'Stable Control Structure'),
    input: diffusionLimits,
    count: 4,
    of: 'given',
  },
  sketch: {
    model: service('stable-image-control-sketch-v1:0', 'Stable Control Sketch'),
    input: diffusionLimits,
    count: 4,
    of: 'given',
  },
};

export const operations: readonly Operation[] = operationNames.map((name) => ({
  name,
  input: limitsOfServices,
  fields: [],
  count: 1,
  isFinal: false,
  isPrompted: true,
  of: 'drawn',
  ...operationRows[name],
}));

/** Throws for an unknown name: records and messages carry no other. */
export function findOperation(name: OperationName): Operation {
  const found = operations.find((operation) => operation.name === name);
  if (!found) throw new TypeError(`There is no operation ${name}.`);
  return found;
}

/** Models that only make something of an image. */
export const services: readonly ModelInfo[] = operations.flatMap(({ model }) =>
  models.includes(model) ? [] : [model],
);

/** Ids of versions yet to come; Stability's editing services must not match. */
const patterns: readonly (readonly [RegExp, ImageModelFamily])[] = [
  [/^stability\.(stable-image-(core|ultra)|sd3(-\d+)?-(large|medium)(-turbo)?)-v\d+(:\d+)?$/, 'stability'],
  [/^amazon\.titan-image-generator-v\d+(:\d+)?$/, 'amazon-titan'],
  [/^amazon\.nova-canvas-v\d+(:\d+)?$/, 'amazon-nova-canvas'],
  [/^stability\.stable-diffusion-xl-v[1-9]\d*(:\d+)?$/, 'stable-diffusion-xl'],
  [/^gpt-image-([2-9]|[1-9]\d+)(\.\d+)?(-[a-z0-9-]+)?$/, 'openai'],
];

/**
 * The model of this id or short name. An id that is not in the table works if its family is plain from it: with
 * that family's careful limits, and without a price.
 */
export function findModel(idOrShortName: string): ModelInfo | undefined {
  const name = idOrShortName.trim().toLowerCase();
  const known = [...models, ...services].find(({ modelId, shortName }) => modelId === name || shortName === name);
  if (known) return known;
  const family = patterns.find(([pattern]) => pattern.test(name))?.[1];
  return family && model(family, name, name, name);
}

/** In US dollars. Undefined if the price of any of these models is unknown: half a sum would mislead. */
export function costOf(images: readonly { modelId: string }[]): number | undefined {
  const prices = images.flatMap(({ modelId }) => findModel(modelId)?.pricePerImage ?? []);
  return prices.length === images.length ? prices.reduce((sum, price) => sum + price, 0) : undefined;
}
