import { readFileSync } from 'node:fs';
import dotenv from 'dotenv';
import { expect, test } from 'vitest';
import { readConfig } from '../src/config.js';
import { findModel } from '../src/core/model-catalog.js';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const example = read('.env.example');
/** With its commented settings switched on. */
const offered = dotenv.parse(example.replace(/^#(?=[A-Z])/gm, ''));

test('.env.example names exactly the settings that are read, but for the endpoints of the AWS SDK', () => {
  const settings = [...read('src/config.ts').matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map(([, name]) => name);
  expect(settings).toContain('SLACK_BOT_TOKEN');
  expect(Object.keys(offered).sort()).toEqual(settings.filter((name) => !name?.startsWith('AWS_ENDPOINT_')).sort());
});

test('docs/settings.md explains exactly the settings of .env.example', () => {
  const explained = [...read('docs/settings.md').matchAll(/^\| `([A-Z][A-Z0-9_]+)` \|/gm)].map(([, name]) => name);
  expect(explained.sort()).toEqual(Object.keys(offered).sort());
});

test.each([
  ['Socket Mode', { SLACK_APP_TOKEN: 'xapp-sandbox' }],
  ['HTTP mode', { SLACK_SIGNING_SECRET: 'notsecret' }],
])('.env.example shows the defaults of %s', (_mode, wayIn) => {
  const required = {
    SLACK_BOT_TOKEN: 'xoxb-sandbox',
    S3_BUCKET: 'imagine-images',
    AWS_REGION: 'us-west-2',
    ...wayIn,
  };
  const defaults = readConfig(required);
  expect(readConfig({ ...offered, ...required })).toEqual({
    ...defaults,
    BEDROCK_REQUESTS_PER_MINUTE: defaults.IMAGE_MODEL.requestsPerMinute,
    OPENAI_IMAGE_MODEL: findModel('openai'),
  });
});

test('a copy of .env.example asks for nothing but what has to be filled in', () => {
  expect(() => readConfig(dotenv.parse(example))).toThrow(
    /^SLACK_BOT_TOKEN: .*\nS3_BUCKET: .*\nAWS_REGION: .*\nSLACK_APP_TOKEN: .*$/,
  );
});
