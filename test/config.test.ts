import { describe, expect, test } from 'vitest';
import { type Config, chooseTransport, readConfig } from '../src/config.js';
import { ConfigurationError } from '../src/core/errors.js';
import { operationNames } from '../src/core/image-model.js';
import { models } from '../src/core/model-catalog.js';

type Variables = Record<string, string>;

const required: Variables = {
  SLACK_BOT_TOKEN: 'xoxb-sandbox',
  SLACK_APP_TOKEN: 'xapp-sandbox',
  S3_BUCKET: 'imagine-images',
  AWS_REGION: 'eu-central-1',
};
const { SLACK_APP_TOKEN: _socket, ...withoutSocket } = required;
const http: Variables = { ...withoutSocket, SLACK_SIGNING_SECRET: 'notsecret' };

function problemsOf(environment: Variables): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

test('what is required is enough, and everything else has its default', () => {
  expect(readConfig(required)).toEqual({
    ...required,
    SLACK_COMMAND: '/imagine',
    PORT: 3000,
    BEDROCK_REGION: 'us-west-2',
    IMAGE_MODEL: models[0],
    GENERATION_TIMEOUT_SECONDS: 120,
    DEFAULT_VISIBILITY: 'channel',
    PREVIEW_LAYOUT: 'sheet',
    PREVIEW_EXPIRES_SECONDS: 86_400,
    WHO_MAY_PICK: 'requester',
    POST_ANALYSIS: 'comprehend',
    PROMPT_MODEL: 'us.amazon.nova-2-lite-v1:0',
    BATCHES_PER_USER: 3,
    ALLOWED_USERS: [],
    BLOCKED_USERS: [],
    ALLOWED_CHANNELS: [],
    BLOCKED_CHANNELS: [],
    IMAGE_OPERATIONS: [...operationNames],
    IMAGE_INPUT: 'off',
    TAG_IMAGES: 'off',
    LOG_LEVEL: 'info',
  });
});

test('a variable that is set but empty counts as not set', () => {
  const empty = { SLACK_API_URL: '', SLACK_SIGNING_SECRET: '', PORT: '', IMAGE_MODEL: '', AWS_ENDPOINT_URL: '' };
  expect(readConfig({ ...required, ...empty })).toEqual(readConfig(required));
  expect(problemsOf({ ...required, S3_BUCKET: '' })).toEqual(['S3_BUCKET: set the name of a private bucket.']);
});

const socket = { kind: 'socket', appToken: 'xapp-sandbox', healthPort: undefined, healthHost: undefined };

test.each<[environment: Variables, transport: unknown]>([
  [
    { ...required, HEALTH_PORT: '80', HEALTH_HOST: '::1' },
    { ...socket, healthPort: 80, healthHost: '::1' },
  ],
  [http, { kind: 'http', signingSecret: 'notsecret', port: 3000 }],
  [{ ...required, ...http }, socket],
])('Slack reaches an app of the settings %j by %j', (environment, transport) => {
  expect(chooseTransport(readConfig(environment))).toEqual(transport);
});

test.each<[name: keyof Config, text: string, value: unknown]>([
  ['SLACK_COMMAND', '/draw_it-2', '/draw_it-2'],
  ['SLACK_API_URL', 'http://127.0.0.1:4000/api', 'http://127.0.0.1:4000/api/'],
  ['SLACK_API_URL', 'https://slack-gov.com/api/', 'https://slack-gov.com/api/'],
  ['IMAGE_MODEL', models[1]?.modelId ?? '', models[1]],
  ['OPENAI_IMAGE_MODEL', 'gpt-image-2.5-flare', expect.objectContaining({ label: 'GPT Image 2.5 Flare' })],
  ['OPENAI_IMAGE_MODEL', 'gpt-image-2.6-flare', expect.objectContaining({ family: 'openai' })],
  ['IMAGE_OPERATIONS', ' none ', []],
  ['IMAGE_OPERATIONS', ' replace, upscale,upscale,', ['upscale', 'replace']],
  ['GUARDRAIL_VERSION', 'DRAFT', 'DRAFT'],
  ['PREVIEW_EXPIRES_SECONDS', '604800', 604_800],
  ['IMAGES_PER_USER_PER_DAY', '0', 0],
  ['BLOCKED_USERS', ' U0ANA, W0BEN ,', ['U0ANA', 'W0BEN']],
  ['ALLOWED_CHANNELS', 'C0ROOM,G0ROOM,D0ANA', ['C0ROOM', 'G0ROOM', 'D0ANA']],
  ['REDIS_URL', 'redis://127.0.0.1:6379', 'redis://127.0.0.1:6379'],
  ['REDIS_URL', 'rediss://imagine:pass%40word@redis.test:6380/2', 'rediss://imagine:pass%40word@redis.test:6380/2'],
  ['AWS_REGION', 'us-gov-west-1', 'us-gov-west-1'],
  ['AWS_REGION', 'eusc-de-east-1', 'eusc-de-east-1'],
])('%s=%s is taken', (name, text, value) => {
  const guardrail = { GUARDRAIL_ID: 'arn:aws:bedrock:us-west-2:123456789012:guardrail/gr1abc', GUARDRAIL_VERSION: '3' };
  expect(readConfig({ ...required, ...guardrail, [name]: text })[name]).toEqual(value);
});

/** None of these values may ever be read in a problem. */
const wrong: Variables = {
  SLACK_BOT_TOKEN: 'xoxp-WRONG',
  SLACK_APP_TOKEN: 'xoxb-WRONG',
  SLACK_SIGNING_SECRET: 'WRONG',
  SLACK_API_URL: 'WRONG.test/api',
  SLACK_COMMAND: 'WRONG',
  PORT: 'WRONG',
  HEALTH_PORT: '65536',
  HEALTH_HOST: 'WRONG',
  S3_BUCKET: 's3://WRONG/folder',
  S3_PUBLIC_ENDPOINT: 'ftp://WRONG.test',
  AWS_REGION: 'WRONG',
  BEDROCK_REGION: 'us-west-2/WRONG',
  IMAGE_MODEL: 'WRONG.model',
  GUARDRAIL_ID: 'arn:WRONG',
  GUARDRAIL_VERSION: '0WRONG',
  BEDROCK_REQUESTS_PER_MINUTE: '0',
  IMAGE_OPERATIONS: 'upscale,WRONG,WRONG too',
  GENERATION_TIMEOUT_SECONDS: '-1',
  PREVIEW_LAYOUT: 'WRONG',
  PREVIEW_EXPIRES_SECONDS: '604801',
  WHO_MAY_PICK: 'WRONG',
  IMAGES_PER_USER_PER_DAY: 'WRONG',
  IMAGES_PER_WORKSPACE_PER_DAY: '-1',
  BATCHES_PER_USER: '0',
  ALLOWED_USERS: '@WRONG',
  BLOCKED_USERS: '@ana,WRONG',
  ALLOWED_CHANNELS: '#WRONG',
  BLOCKED_CHANNELS: 'U012AB3CD',
  OPENAI_API_KEY: 'WRONG',
  OPENAI_IMAGE_MODEL: 'WRONG.model',
  REDIS_URL: 'https://imagine:WRONG@redis.test',
  LOG_LEVEL: 'WRONG',
};

describe('problems', () => {
  test('are all told at once, each by the name of its variable', () => {
    const named = problemsOf(wrong).map((problem) => problem.split(': ')[0]);
    expect(named).toEqual(Object.keys(wrong));
  });

  test('never hold a value', () => {
    for (const problem of problemsOf(wrong)) expect(problem).not.toMatch(/WRONG|6553[67]|604801/);
  });

  test.each<[name: string, value: string]>([
    ['SLACK_BOT_TOKEN', 'xapp-sandbox'],
    ['SLACK_COMMAND', '/Imagine'],
    ['SLACK_COMMAND', '/imagine it'],
    ['PORT', '0'],
    ['PORT', '3000.5'],
    ['PORT', '1e3'],
    ['S3_BUCKET', 'images/imagine'],
    ['S3_BUCKET', 'ab'],
    ['S3_BUCKET', 'My_Bucket'],
    ['S3_BUCKET', 'a..b'],
    ['S3_BUCKET', '192.168.5.4'],
    ['PREVIEW_EXPIRES_SECONDS', '59'],
    ['SLACK_API_URL', 'slack.com/api'],
    ['AWS_REGION', 'Frankfurt'],
    ['IMAGE_OPERATIONS', 'none,upscale'],
    ['IMAGE_OPERATIONS', 'Larger'],
    ['IMAGE_MODEL', 'us.stability.stable-fast-upscale-v1:0'],
    ['OPENAI_IMAGE_MODEL', 'gpt-image-1'],
    ['OPENAI_IMAGE_MODEL', 'ultra'],
    ['REDIS_URL', 'redis.test:6379'],
    ['REDIS_URL', 'redis:///2'],
    ['REDIS_URL', 'redis://redis.test/images'],
    ['REDIS_URL', 'redis://imagine:50%off@redis.test'],
  ])('%s=%s is one', (name, value) => {
    expect(problemsOf({ ...required, [name]: value })).toEqual([expect.stringMatching(`^${name}: .+\\.$`)]);
  });

  test('name everything that is required', () => {
    expect(problemsOf({})).toEqual([
      "SLACK_BOT_TOKEN: run `npm run setup`, or set it to the Bot User OAuth Token from your Slack app's page, under OAuth & Permissions.",
      'S3_BUCKET: set the name of a private bucket.',
      'AWS_REGION: set the AWS Region, such as us-west-2.',
      'SLACK_APP_TOKEN: set an app-level token for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.',
    ]);
  });

  const guardrailAdvice = "set the number of one of the guardrail's versions, or leave out GUARDRAIL_ID.";
  test.each<[environment: Variables, problem: string]>([
    [{ ...required, GUARDRAIL_ID: 'gr1abc' }, `GUARDRAIL_VERSION: ${guardrailAdvice}`],
    [
      { ...required, GUARDRAIL_VERSION: '1' },
      'GUARDRAIL_ID: set the id of the guardrail, or leave out GUARDRAIL_VERSION.',
    ],
    [
      { ...required, IMAGE_MODEL: 'openai' },
      "IMAGE_MODEL: OpenAI's models need OPENAI_API_KEY. Set it, or choose another model.",
    ],
    [{ ...http, HEALTH_PORT: '8080' }, 'HEALTH_PORT: leave it out in HTTP mode, where PORT serves /healthz.'],
    [{ ...required, HEALTH_HOST: '::1' }, 'HEALTH_HOST: set HEALTH_PORT too, or leave out HEALTH_HOST.'],
  ])('of settings that do not fit each other are told: %j', (environment, problem) => {
    expect(problemsOf(environment)).toEqual([problem]);
  });
});
