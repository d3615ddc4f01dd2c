import { describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.js';
import { ConfigurationError } from '../src/core/errors.js';
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
    slack: {
      botToken: 'xoxb-sandbox',
      apiUrl: undefined,
      command: '/imagine',
      transport: { kind: 'socket', appToken: 'xapp-sandbox', healthPort: undefined, healthHost: undefined },
    },
    s3: { bucket: 'imagine-images', region: 'eu-central-1', publicEndpoint: undefined, forcePathStyle: false },
    model: { modelInfo: models[0], bedrockRegion: 'us-west-2', requestsPerMinute: undefined, timeoutSeconds: 120 },
    preview: { layout: 'carousel', expiresSeconds: 86_400 },
    openai: undefined,
    guardrail: undefined,
    limits: {
      imagesPerUserPerDay: undefined,
      imagesPerWorkspacePerDay: undefined,
      batchesPerUser: 3,
      allowedUsers: [],
      blockedUsers: [],
      allowedChannels: [],
      blockedChannels: [],
    },
    postAnalysis: 'comprehend',
    whoMayPick: 'requester',
    logLevel: 'info',
  });
});

test('a variable that is set but empty counts as not set', () => {
  const empty = Object.fromEntries(
    [
      'SLACK_API_URL',
      'SLACK_SIGNING_SECRET',
      'HEALTH_PORT',
      'PORT',
      'IMAGE_MODEL',
      'LOG_LEVEL',
      'AWS_ENDPOINT_URL',
    ].map((name) => [name, '']),
  );
  expect(readConfig({ ...required, ...empty })).toEqual(readConfig(required));
  expect(problemsOf({ ...required, S3_BUCKET: '' })).toEqual(['S3_BUCKET: set the name of a private bucket.']);
});

test('a variable that is not ours is left alone', () => {
  expect(readConfig({ ...required, PATH: '/bin', AWS_PROFILE: 'imagine' })).toEqual(readConfig(required));
});

describe('the way in', () => {
  test.each<[what: string, environment: Variables, transport: unknown]>([
    [
      'a socket',
      { ...required, HEALTH_PORT: '8080', HEALTH_HOST: '127.0.0.1' },
      { kind: 'socket', appToken: 'xapp-sandbox', healthPort: 8080, healthHost: '127.0.0.1' },
    ],
    ['HTTP', http, { kind: 'http', signingSecret: 'notsecret', port: 3000 }],
    ['HTTP on a port', { ...http, PORT: '80' }, { kind: 'http', signingSecret: 'notsecret', port: 80 }],
    [
      'a socket, where both could be',
      { ...required, ...http },
      { kind: 'socket', appToken: 'xapp-sandbox', healthPort: undefined, healthHost: undefined },
    ],
  ])('is %s', (_what, environment, transport) => {
    expect(readConfig(environment).slack.transport).toEqual(transport);
  });
});

describe('what is set is taken', () => {
  test.each<[variables: Variables, expected: object]>([
    [{ SLACK_COMMAND: '/draw_it-2' }, { slack: { command: '/draw_it-2' } }],
    [{ SLACK_API_URL: 'http://127.0.0.1:4000/api' }, { slack: { apiUrl: 'http://127.0.0.1:4000/api/' } }],
    [{ SLACK_API_URL: 'https://slack-gov.com/api/' }, { slack: { apiUrl: 'https://slack-gov.com/api/' } }],
    [{ IMAGE_MODEL: models[1]?.modelId ?? '' }, { model: { modelInfo: models[1] } }],
    [{ OPENAI_API_KEY: 'sk-sandbox' }, { openai: { apiKey: 'sk-sandbox', model: undefined } }],
    [
      { OPENAI_API_KEY: 'sk-sandbox', OPENAI_IMAGE_MODEL: 'gpt-image-2.5-flare' },
      { openai: { model: { label: 'GPT Image 2.5 Flare' } } },
    ],
    [
      { OPENAI_API_KEY: 'sk-sandbox', OPENAI_IMAGE_MODEL: 'gpt-image-2.6-flare' },
      { openai: { model: { modelId: 'gpt-image-2.6-flare', family: 'openai' } } },
    ],
    [{ OPENAI_IMAGE_MODEL: 'gpt-image-2' }, { openai: undefined }],
    [{ GUARDRAIL_ID: 'gr1abc', GUARDRAIL_VERSION: '3' }, { guardrail: { guardrailId: 'gr1abc', version: '3' } }],
    [
      { GUARDRAIL_ID: 'arn:aws:bedrock:us-west-2:123456789012:guardrail/gr1abc', GUARDRAIL_VERSION: 'DRAFT' },
      { guardrail: { version: 'DRAFT' } },
    ],
    [{ BEDROCK_REQUESTS_PER_MINUTE: '10' }, { model: { requestsPerMinute: 10 } }],
    [{ GENERATION_TIMEOUT_SECONDS: '900' }, { model: { timeoutSeconds: 900 } }],
    [{ PREVIEW_LAYOUT: 'images' }, { preview: { layout: 'images' } }],
    [{ PREVIEW_EXPIRES_SECONDS: '604800' }, { preview: { expiresSeconds: 604_800 } }],
    [{ IMAGES_PER_USER_PER_DAY: '0' }, { limits: { imagesPerUserPerDay: 0 } }],
    [{ IMAGES_PER_WORKSPACE_PER_DAY: '400' }, { limits: { imagesPerWorkspacePerDay: 400 } }],
    [{ BATCHES_PER_USER: '1' }, { limits: { batchesPerUser: 1 } }],
    [{ BLOCKED_USERS: ' U0ANA, W0BEN ,' }, { limits: { blockedUsers: ['U0ANA', 'W0BEN'] } }],
    [{ ALLOWED_CHANNELS: 'C0ROOM,G0ROOM,D0ANA' }, { limits: { allowedChannels: ['C0ROOM', 'G0ROOM', 'D0ANA'] } }],
    [{ WHO_MAY_PICK: 'anyone' }, { whoMayPick: 'anyone' }],
    [{ LOG_LEVEL: 'debug' }, { logLevel: 'debug' }],
    [{ AWS_REGION: 'us-gov-west-1' }, { s3: { region: 'us-gov-west-1' } }],
    [{ AWS_REGION: 'eusc-de-east-1' }, { s3: { region: 'eusc-de-east-1' } }],
    [{ BEDROCK_REGION: 'ap-southeast-2' }, { model: { bedrockRegion: 'ap-southeast-2' } }],
    [
      { S3_PUBLIC_ENDPOINT: 'https://s3.x.test' },
      { s3: { publicEndpoint: 'https://s3.x.test', forcePathStyle: true } },
    ],
    [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:9000' }, { s3: { forcePathStyle: true } }],
    [{ AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9000' }, { s3: { forcePathStyle: true } }],
  ])('%o', (variables, expected) => {
    expect(readConfig({ ...required, ...variables })).toMatchObject(expected);
  });
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
    ['PREVIEW_EXPIRES_SECONDS', '59'],
    ['SLACK_API_URL', 'slack.com/api'],
    ['AWS_REGION', 'Frankfurt'],
    ['OPENAI_IMAGE_MODEL', 'gpt-image-1'],
    ['OPENAI_IMAGE_MODEL', 'ultra'],
  ])('%s=%s is one', (name, value) => {
    expect(problemsOf({ ...required, [name]: value })).toEqual([expect.stringMatching(`^${name}: .+\\.$`)]);
  });

  test.each<[what: string, environment: Variables, problems: string[]]>([
    [
      'nothing at all',
      {},
      [
        "SLACK_BOT_TOKEN: set it to the Bot User OAuth Token from your Slack app's page, under OAuth & Permissions.",
        'S3_BUCKET: set the name of a private bucket.',
        'AWS_REGION: set the AWS Region, such as us-west-2.',
        'SLACK_APP_TOKEN: set an app-level token for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.',
      ],
    ],
    [
      'no way in',
      withoutSocket,
      ['SLACK_APP_TOKEN: set an app-level token for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.'],
    ],
    [
      'a guardrail without its version',
      { ...required, GUARDRAIL_ID: 'gr1abc' },
      ["GUARDRAIL_VERSION: set the number of one of the guardrail's versions, or leave out GUARDRAIL_ID."],
    ],
    [
      'a version without its guardrail',
      { ...required, GUARDRAIL_VERSION: '1' },
      ['GUARDRAIL_ID: set the id of the guardrail, or leave out GUARDRAIL_VERSION.'],
    ],
    [
      'two ports in HTTP mode',
      { ...http, HEALTH_PORT: '8080' },
      ['HEALTH_PORT: leave it out in HTTP mode, where PORT serves /healthz.'],
    ],
    [
      'a health address without a port',
      { ...required, HEALTH_HOST: '::1' },
      ['HEALTH_HOST: set HEALTH_PORT too, or leave out HEALTH_HOST.'],
    ],
  ])('are told for %s', (_what, environment, problems) => {
    expect(problemsOf(environment)).toEqual(problems);
  });
});
