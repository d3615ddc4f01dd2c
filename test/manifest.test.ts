import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../src/config.js';
import { botScopes } from '../src/slack/api/tokens.js';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const manifest = parse(read('manifest.yml'));

describe('manifest.yml', () => {
  /** Version 1.0.0 of https://github.com/slackapi/manifest-schema, as far as this manifest uses it. */
  const schema = JSON.parse(read('test/fixtures/manifest.schema.json'));

  test("is valid by Slack's schema", () => {
    const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
    validate(manifest);
    expect(validate.errors).toBeNull();
    expect(validate({ ...manifest, features: { slash_commands: [{ command: 'imagine' }] } })).toBe(false);
  });

  test('asks for these scopes and no others, and the doctor looks for them', () => {
    const bot = ['commands', 'chat:write', 'chat:write.public', 'files:write'];
    expect(manifest.oauth_config.scopes).toEqual({ bot });
    expect(botScopes).toEqual(bot);
  });

  test('offers the command that is the default, escaped as the listener reads it', () => {
    const { SLACK_COMMAND: command } = readConfig({
      SLACK_BOT_TOKEN: 'xoxb-sandbox',
      SLACK_APP_TOKEN: 'xapp-sandbox',
      S3_BUCKET: 'imagine-images',
      AWS_REGION: 'us-west-2',
    });
    expect(manifest.features.slash_commands).toEqual([expect.objectContaining({ command, should_escape: true })]);
  });

  test('lets the app write to users in its Messages tab, and not them to the app', () => {
    expect(manifest.features.app_home).toEqual({
      home_tab_enabled: false,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: true,
    });
  });

  test('works by Socket Mode as it is, with buttons', () => {
    expect(manifest.settings).toMatchObject({ socket_mode_enabled: true, interactivity: { is_enabled: true } });
  });
});
