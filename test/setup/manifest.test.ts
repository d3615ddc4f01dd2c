import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { createAppAddress, type ManifestOptions } from '../../src/setup/manifest.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const schema = JSON.parse(read('test/fixtures/manifest.schema.json'));
const plain: ManifestOptions = { name: 'Imagine', command: '/imagine', url: undefined, readsFiles: false };

/** What Slack reads in the address. */
function manifestIn(address: string) {
  const { origin, pathname, searchParams } = new URL(address);
  expect([origin + pathname, searchParams.get('new_app')]).toEqual(['https://api.slack.com/apps', '1']);
  return JSON.parse(searchParams.get('manifest_json') ?? '');
}

it('fills in manifest.yml as it is for the default name, command and mode', () => {
  expect(manifestIn(createAppAddress(plain))).toEqual(parse(read('manifest.yml')));
});

it.each([
  ['Socket Mode', {}],
  ['HTTP', { url: 'https://imagine.example.com' }],
  ['images as input', { readsFiles: true }],
])("is valid by Slack's schema for %s, and short enough for a browser", (_what, options) => {
  const address = createAppAddress({ ...plain, name: 'Bilder & Ideen (Test)', command: '/draw', ...options });
  const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
  validate(manifestIn(address));
  expect(validate.errors).toBeNull();
  expect(address.length).toBeLessThan(4000);
});

it('names the app, its user and its command', () => {
  const manifest = manifestIn(createAppAddress({ ...plain, name: 'Bilder & Ideen', command: '/draw' }));
  expect(manifest.display_information.name).toBe('Bilder & Ideen');
  expect(manifest.features.bot_user.display_name).toBe('bilder-ideen');
  expect(manifest.features.slash_commands).toEqual([expect.objectContaining({ command: '/draw' })]);
  const japanese = manifestIn(createAppAddress({ ...plain, name: '想像' }));
  expect(japanese.features.bot_user.display_name).toBe('imagine');
});

it.each([
  ['https://imagine.example.com', 'https://imagine.example.com/slack/events'],
  ['https://example.com/imagine/slack', 'https://example.com/imagine/slack'],
])('over HTTP, sends commands and clicks at %s to %s', (url, events) => {
  const { features, settings } = manifestIn(createAppAddress({ ...plain, url }));
  expect(features.slash_commands).toEqual([expect.objectContaining({ url: events })]);
  expect(settings).toMatchObject({ interactivity: { request_url: events }, socket_mode_enabled: false });
});

it('asks for files:read if images may be given', () => {
  const { bot } = manifestIn(createAppAddress({ ...plain, readsFiles: true })).oauth_config.scopes;
  expect(bot).toEqual(['commands', 'chat:write', 'chat:write.public', 'files:write', 'files:read']);
});
