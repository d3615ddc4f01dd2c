import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sandboxCredentials } from '../../sandbox/signature/credentials.js';
import { envOf, keys, newFolder, startWizard } from './setup.js';

const { enter, down, stop } = keys;
const tokens = { SLACK_BOT_TOKEN: 'xoxb-sandbox', SLACK_APP_TOKEN: 'xapp-sandbox' };
const west = ['--region', 'us-west-2'];
const ours = ['--bucket', 'imagine-sandbox', ...west];

/** A folder whose `.env` has these settings, as the wizard finds it: loaded, too. */
async function withEnv(settings: Record<string, string>) {
  const folder = await newFolder();
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(folder, '.env'), lines.join(''));
  return { folder, settings };
}

it('npm run setup -- --all also asks for the command, the days of unchosen images, an OpenAI key and Redis', async () => {
  const { sandbox, folder, answer, ended } = await startWizard({ words: ['--all'], settings: tokens });
  await answer(/Create a new Slack app\?/, enter);
  await answer(/The slash command/, '/draw', enter);
  await answer(/Region of the bucket/, enter);
  await answer(/Should the bucket delete images that were not chosen\?/, down, enter);
  await answer(/After how many days\?/, '30', enter);
  await answer(/Bucket name/, enter);
  await answer(/There is no bucket/, enter);
  await answer(/Print the policy/, down, enter);
  await answer(/OpenAI API key/, 'hello', enter);
  await answer(/begins with sk-/, '\u0015', 'sk-sandbox', enter);
  await answer(/Redis or Valkey/, enter);
  await answer(/Nothing to fix/);
  await answer(/Draw a first fox/, down, enter);
  expect(await ended).toBe(0);
  expect(envOf(folder)).toMatchObject({ SLACK_COMMAND: '/draw', TAG_IMAGES: 'on', OPENAI_API_KEY: 'sk-sandbox' });
  expect(sandbox.s3.settings('imagine-1a2b3c4d').lifecycle).toContain('<Days>30</Days>');
});

it('a fox that cannot be drawn leaves something to fix', async () => {
  const { ended, screen } = await startWizard({
    words: ['--yes', '--draw', ...ours],
    given: tokens,
    arrange: ({ bedrock }) => bedrock.faults.add({ kind: 'error', name: 'AccessDeniedException' }),
  });
  expect(await ended).toBe(1);
  expect(screen()).toMatch(/drew no image[\s\S]*Fix what is left/);
  expect(screen()).not.toContain('npm start');
});

it('the wizard names what this terminal sets to another value, which the app would take', async () => {
  const { ended, screen } = await startWizard({
    words: ['--yes', ...ours],
    settings: { SLACK_BOT_TOKEN: 'xoxb-old', S3_BUCKET: 'imagine-sandbox' },
    given: tokens,
  });
  expect(await ended).toBe(0);
  expect(screen()).toContain('SLACK_BOT_TOKEN: this terminal has another value, which the app would take. Run `unset');
  expect(screen()).not.toContain('S3_BUCKET: this terminal');
});

it('npm run setup -- --yes goes through a finished .env for HTTP, and takes another command', async () => {
  const secret = { SLACK_BOT_TOKEN: 'xoxb-sandbox', SLACK_SIGNING_SECRET: 'sandbox-signing-secret' };
  const { folder, ended, screen } = await startWizard({
    words: ['--yes', '--command', '/draw'],
    ...(await withEnv({ ...secret, S3_BUCKET: 'imagine-sandbox', AWS_REGION: 'us-west-2' })),
  });
  expect(await ended).toBe(0);
  expect(screen()).not.toMatch(/Open this address|"Statement"/);
  expect(envOf(folder).SLACK_COMMAND).toBe('/draw');
});

it('npm run setup -- --yes names the flag that a new app for HTTP lacks', async () => {
  const { ended, screen } = await startWizard({ words: ['--yes', '--mode', 'http'] });
  expect(await ended).toBe(1);
  expect(screen()).toMatch(/fix {3}--url: set a full address/);
});

it('a bucket that .env may not name is not created', async () => {
  const { sandbox, folder, answer, ended } = await startWizard({
    words: ['--bucket', 'new-images', ...west],
    ...(await withEnv({ ...tokens, S3_BUCKET: 'old-images' })),
  });
  await answer(/Create a new Slack app\?/, enter);
  await answer(/Change S3_BUCKET, and leave the rest/, down, enter);
  await answer(/\.env: not changed/);
  await answer(/Stopped\. Run `npm run setup` again/);
  expect(await ended).toBe(1);
  expect(() => sandbox.s3.settings('new-images')).toThrow();
  expect(envOf(folder).S3_BUCKET).toBe('old-images');
});

it('a bucket that an earlier run left half-made is finished', async () => {
  const { sandbox, answer, ended } = await startWizard({ words: ours, settings: tokens });
  await answer(/Create a new Slack app\?/, enter);
  await answer(/imagine-sandbox is there/);
  await answer(/Its settings\?/, down, enter);
  await answer(/imagine-sandbox is ready: private/);
  await answer(/Print the policy/, stop);
  expect(await ended).toBe(1);
  expect(sandbox.s3.settings('imagine-sandbox').policy).toContain('SecureTransport');
});

it('npm run setup -- --yes leaves the rules of an existing bucket as they are, and prints the commands', async () => {
  const words = ['--yes', '--unpicked-days', '30', ...ours];
  const { sandbox, ended, screen } = await startWizard({ words, given: tokens });
  expect(await ended).toBe(0);
  expect(screen()).toMatch(/put-bucket-lifecycle-configuration[\s\S]*only after the last of these commands has run/);
  expect(sandbox.s3.settings('imagine-sandbox').lifecycle).toBeUndefined();
});

it('a profile that gives no credentials is not kept, and credentials of another window are found', async () => {
  const folder = await newFolder();
  const file = join(folder, 'credentials');
  const { answer, ended } = await startWizard({
    folder,
    words: ours,
    settings: {
      ...tokens,
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SHARED_CREDENTIALS_FILE: file,
      AWS_CONFIG_FILE: join(folder, 'config'),
    },
  });
  await answer(/Create a new Slack app\?/, enter);
  await answer(/the AWS SDK finds none/);
  await answer(/What next\?/, down, enter);
  await answer(/Profile name/, 'nope', enter);
  await answer(/the profile nope was not found or gives none\. Check its name/);
  const { accessKeyId, secretAccessKey } = sandboxCredentials;
  writeFileSync(file, `[default]\naws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey}\n`);
  await answer(/What next\?/, enter);
  await answer(/AWS credentials found/);
  await answer(/Its settings\?/, enter);
  await answer(/Print the policy/, stop);
  expect(await ended).toBe(1);
  expect(envOf(folder).AWS_PROFILE).toBeUndefined();
});

it('a token in place of the signing secret is refused', async () => {
  const { answer, ended } = await startWizard({
    words: ['--mode', 'http'],
    settings: { SLACK_BOT_TOKEN: 'xoxb-sandbox' },
  });
  await answer(/Create a new Slack app\?/, enter);
  await answer(/Signing Secret/, 'xapp-sandbox', enter);
  await answer(/paste the Signing Secret, not a token/, stop);
  expect(await ended).toBe(1);
});
