import dotenv from 'dotenv';
import { z } from 'zod';
import { ConfigurationError } from './core/errors.js';
import { type ModelInfo, operationNames } from './core/image-model.js';
import { findModel, models, services } from './core/model-catalog.js';
import { visibilities } from './core/prompt/preferences.js';

function wholeNumber(lowest: number, highest: number) {
  const advice = `set a whole number from ${lowest} to ${highest}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, advice)
    .transform(Number)
    .refine((number) => number >= lowest && number <= highest, advice);
}

function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, `set one of ${values.join(', ')}`);
}

/** Ids separated by commas. Slack shows a person's in their profile, and a conversation's at the end of its details. */
function slackIds(pattern: RegExp, advice: string) {
  return z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((id) => id.trim() || []))
    .refine((ids) => ids.every((id) => pattern.test(id)), advice);
}

function modelOf(fits: (modelInfo: ModelInfo) => boolean, advice: string) {
  return z.string().transform((id, context) => {
    const modelInfo = findModel(id);
    if (modelInfo && fits(modelInfo)) return modelInfo;
    context.addIssue(advice);
    return z.NEVER;
  });
}

/** `none`, or names separated by commas. */
const operationList = z
  .string()
  .default(operationNames.join(','))
  .transform((text, context) => {
    const names = text.trim() === 'none' ? [] : text.split(',').flatMap((name) => name.trim() || []);
    const known = operationNames.filter((name) => names.includes(name));
    if (known.length === new Set(names).size) return known;
    context.addIssue(`set none, or some of ${operationNames.join(', ')}, separated by commas`);
    return z.NEVER;
  });

const isOpenAi = ({ family }: ModelInfo): boolean => family === 'openai';
const userIds = slackIds(/^[UW][A-Z0-9]{1,30}$/, "set people's ids separated by commas, such as U012AB3CD,U045EF6GH");
const channelIds = slackIds(
  /^[CGD][A-Z0-9]{1,30}$/,
  "set conversations' ids separated by commas, such as C012AB3CD,C045EF6GH",
);
const regionAdvice = 'set the AWS Region, such as us-west-2';
const region = z.string(regionAdvice).regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, regionAdvice);
const webAddress = z.url({ protocol: /^https?$/, error: 'set a full address that begins with https://' });
const redisAdvice = 'set a URL that begins with redis:// or rediss://';
const [defaultModel] = models;

const environmentSchema = z.object({
  SLACK_BOT_TOKEN: z
    .string(
      "run `npm run setup`, or set it to the Bot User OAuth Token from your Slack app's page, under OAuth & Permissions",
    )
    .startsWith('xoxb-', 'set the Bot User OAuth Token, which begins with xoxb-'),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'set an app-level token, which begins with xapp-').optional(),
  SLACK_SIGNING_SECRET: z.string().min(8, "set the Signing Secret from your Slack app's page").optional(),
  SLACK_API_URL: webAddress.transform((url) => (url.endsWith('/') ? url : `${url}/`)).optional(),
  SLACK_COMMAND: z
    .string()
    .regex(/^\/[a-z0-9_-]{1,31}$/, 'set a command such as /imagine: a slash, then lowercase letters, digits, - or _')
    .default('/imagine'),
  PORT: wholeNumber(1, 65_535).default(3000),
  HEALTH_PORT: wholeNumber(1, 65_535).optional(),
  HEALTH_HOST: z.union([z.ipv4(), z.ipv6()], 'set an IP address to listen on, such as 127.0.0.1').optional(),
  S3_BUCKET: z
    .string('set the name of a private bucket')
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'use 3 to 63 lowercase letters, digits, dots and hyphens')
    .regex(/^(?!.*\.\.|(\d+\.){3}\d+$)/, 'use a name without two dots in a row that is not an IP address'),
  S3_PUBLIC_ENDPOINT: webAddress.optional(),
  AWS_REGION: region,
  BEDROCK_REGION: region.default('us-west-2'),
  IMAGE_MODEL: modelOf(
    (modelInfo) => !services.includes(modelInfo),
    `set the id of an image model, such as ${defaultModel.modelId}`,
  ).prefault(defaultModel.modelId),
  GUARDRAIL_ID: z
    .string()
    .regex(
      /^([a-z0-9]{1,128}|arn:aws(-[a-z-]+)?:bedrock:[a-z0-9-]{1,20}:\d{12}:guardrail\/[a-z0-9]+)$/,
      'set the id or the ARN of a guardrail',
    )
    .optional(),
  GUARDRAIL_VERSION: z
    .string()
    .regex(/^([1-9]\d{0,7}|DRAFT)$/, "set the number of one of the guardrail's versions, or DRAFT")
    .optional(),
  BEDROCK_REQUESTS_PER_MINUTE: wholeNumber(1, 100_000).optional(),
  IMAGE_OPERATIONS: operationList,
  IMAGE_INPUT: oneOf(['on', 'off']).default('off'),
  TAG_IMAGES: oneOf(['on', 'off']).default('off'),
  GENERATION_TIMEOUT_SECONDS: wholeNumber(1, 900).default(120),
  PREVIEW_LAYOUT: oneOf(['sheet', 'carousel']).default('sheet'),
  PREVIEW_EXPIRES_SECONDS: wholeNumber(60, 604_800).default(86_400),
  DEFAULT_VISIBILITY: oneOf(visibilities).default('channel'),
  WHO_MAY_PICK: oneOf(['requester', 'anyone']).default('requester'),
  PROMPT_MODEL: z
    .string()
    .regex(
      /^(?:off|[a-z0-9][a-z0-9.:-]{2,127}|arn:aws(?:-[a-z-]+)?:bedrock:[a-z0-9-]{1,20}:\d{0,12}:[a-z0-9./:-]{3,200})$/,
      'set the id of a text model or of an inference profile, such as us.amazon.nova-2-lite-v1:0, or off',
    )
    .default('us.amazon.nova-2-lite-v1:0'),
  POST_ANALYSIS: oneOf(['comprehend', 'off']).default('comprehend'),
  IMAGES_PER_USER_PER_DAY: wholeNumber(0, 1_000_000).optional(),
  IMAGES_PER_WORKSPACE_PER_DAY: wholeNumber(0, 1_000_000).optional(),
  BATCHES_PER_USER: wholeNumber(1, 1000).default(3),
  ALLOWED_USERS: userIds,
  BLOCKED_USERS: userIds,
  ALLOWED_CHANNELS: channelIds,
  BLOCKED_CHANNELS: channelIds,
  OPENAI_API_KEY: z.string().startsWith('sk-', 'set a key that begins with sk-, or leave it out').optional(),
  OPENAI_IMAGE_MODEL: modelOf(isOpenAi, "set the id of an image model of OpenAI's, such as gpt-image-2").optional(),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: redisAdvice, abort: true })
    .regex(/:\/\/[^/?#]/, { error: redisAdvice, abort: true })
    .refine(isDecodable, { error: 'write a percent sign of the user or the password as %25', abort: true })
    .regex(/:\/\/[^/?#]+(?:\/\d*)?(?:[?#]|$)/, 'end it with the number of a database, such as /0, or leave that out')
    .optional(),
  LOG_LEVEL: oneOf(['debug', 'info', 'warn', 'error']).default('info'),
  AWS_ENDPOINT_URL: z.string().optional(),
  AWS_ENDPOINT_URL_S3: z.string().optional(),
});

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== '';
  } catch {
    return false;
  }
}

/** Every setting, under the name of its variable. */
export type Config = z.infer<typeof environmentSchema>;
export type Variables = Readonly<Record<string, string | undefined>>;

/** The environment of this process, and under it what `.env` says: the wizard changes both. */
export function loadVariables(): Record<string, string | undefined> {
  dotenv.config({ quiet: true });
  return process.env;
}

/** The settings of this process. */
export function loadConfig(): Config {
  return readConfig(loadVariables());
}

/** What is wrong with one setting by itself. The sentence does not hold the value. */
export function judgeSetting(name: keyof Config, value: string): string | undefined {
  return environmentSchema.shape[name].safeParse(value).error?.issues[0]?.message;
}

/**
 * Variables that are set but empty count as not set.
 * @throws ConfigurationError with a sentence for each problem; no sentence holds a value, as values can be secrets
 */
export function readConfig(environment: Variables): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  const problems = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}.`),
    ...pairProblems(given),
  ];
  if (!parsed.success || problems.length > 0) throw new ConfigurationError(problems);
  return parsed.data;
}

/** Settings that are each well formed and do not fit each other. */
function pairProblems(given: Variables): string[] {
  const { SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, HEALTH_PORT, HEALTH_HOST, GUARDRAIL_ID, GUARDRAIL_VERSION } = given;
  const { OPENAI_API_KEY, IMAGE_MODEL = '' } = given;
  const problems = [
    HEALTH_HOST && !HEALTH_PORT && 'HEALTH_HOST: set HEALTH_PORT too, or leave out HEALTH_HOST.',
    !SLACK_APP_TOKEN &&
      !SLACK_SIGNING_SECRET &&
      'SLACK_APP_TOKEN: set an app-level token for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.',
    HEALTH_PORT &&
      SLACK_SIGNING_SECRET &&
      !SLACK_APP_TOKEN &&
      'HEALTH_PORT: leave it out in HTTP mode, where PORT serves /healthz.',
    !OPENAI_API_KEY &&
      findModel(IMAGE_MODEL)?.family === 'openai' &&
      "IMAGE_MODEL: OpenAI's models need OPENAI_API_KEY. Set it, or choose another model.",
    GUARDRAIL_ID &&
      !GUARDRAIL_VERSION &&
      "GUARDRAIL_VERSION: set the number of one of the guardrail's versions, or leave out GUARDRAIL_ID.",
    GUARDRAIL_VERSION && !GUARDRAIL_ID && 'GUARDRAIL_ID: set the id of the guardrail, or leave out GUARDRAIL_VERSION.',
  ];
  return problems.flatMap((problem) => problem || []);
}

/** How Slack reaches the app: by a socket if both ways are set. */
export function chooseTransport(config: Config) {
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET = '', PORT, HEALTH_PORT, HEALTH_HOST } = config;
  if (appToken) return { kind: 'socket', appToken, healthPort: HEALTH_PORT, healthHost: HEALTH_HOST } as const;
  return { kind: 'http', signingSecret: SLACK_SIGNING_SECRET, port: PORT } as const;
}
