import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { S3Request } from '../../sandbox/s3/s3-fault.js';
import { sandboxCredentials } from '../../sandbox/signature/credentials.js';
import { envOf, keys, newFolder, startWizard } from './setup.js';

const { enter, down, stop } = keys;
const tokens = { SLACK_BOT_TOKEN: 'xoxb-sandbox', SLACK_APP_TOKEN: 'xapp-sandbox' };
const west = ['--region', 'us-west-2'];
const is = (operation: S3Request['operation']) => (request: S3Request) => request.operation === operation;

it('a new Slack app takes the other mode and tokens of its own, and Enter keeps a token', async () => {
  const folder = await newFolder();
  const { sandbox, answer, ended } = await startWizard({
    folder,
    settings: { SLACK_BOT_TOKEN: 'xoxb-sandbox', SLACK_SIGNING_SECRET: 'sandbox-signing-secret' },
  });
  await answer(/Create a new Slack app\?/, down, enter);
  await answer(/How does Slack reach the app\?/);
  await answer(/● HTTP/, down, enter); // the mode of the old app
  await answer(/What is it called\?/, enter);
  await answer(/Open it in your browser\?/, down, enter);
  await answer(/Bot User OAuth Token .* press Enter to keep the one you have/, enter);
  await answer(/the bot token is accepted/);
  await answer(/App-level token/, sandbox.workspace.appToken, enter);
  await answer(/Region of the bucket/, stop);
  expect(await ended).toBe(1);
  expect(envOf(folder)).toMatchObject(tokens); // written before the wizard was stopped
});

it('"Tokens again" after the doctor asks for both tokens, and Enter keeps one', async () => {
  const { answer, ended } = await startWizard({
    words: ['--bucket', 'imagine-sandbox', ...west],
    settings: tokens,
    arrange: ({ s3 }) => s3.setConditionalWrites('ignored'),
  });
  await answer(/Create a new Slack app\?/, enter);
  await answer(/Its settings\?/, enter);
  await answer(/Print the policy/, down, enter);
  await answer(/things to fix[\s\S]*What next\?/, down, down, enter);
  await answer(/Bot User OAuth Token .* press Enter to keep/, enter);
  await answer(/App-level token .* press\s+Enter to keep/, stop);
  expect(await ended).toBe(1);
});

it('the wizard checks a token again if Slack has something else against the app', async () => {
  const { answer, ended } = await startWizard({
    settings: tokens,
    arrange: ({ workspace }) =>
      workspace.faults.calls.add(
        { kind: 'error', error: 'access_denied' },
        { when: ({ method }) => method === 'apps.connections.open' },
      ),
  });
  await answer(/Create a new Slack app\?/, enter);
  await answer(/Is Socket Mode switched on/);
  await answer(/What next\?/, down, enter);
  await answer(/the app token opens Socket Mode/);
  await answer(/Region of the bucket/, stop);
  expect(await ended).toBe(1);
});

it('the wizard says in which Region a bucket is, and goes on with that', async () => {
  const { folder, answer, ended } = await startWizard({ settings: tokens });
  await answer(/Create a new Slack app\?/, enter);
  await answer(/Region of the bucket/, 'us-wset-2', enter);
  await answer(/Bucket name \(created if/, 'imagine-sandbox', enter);
  await answer(/imagine-sandbox is in us-west-2, not in us-wset-2\. Choose us-west-2/);
  await answer(/What next\?/, down, enter);
  await answer(/Region of the bucket/, enter);
  await answer(/imagine-sandbox is there/);
  await answer(/Its settings\?/, enter);
  await answer(/Print the policy/, stop);
  expect(await ended).toBe(1);
  expect(envOf(folder)).toMatchObject({ S3_BUCKET: 'imagine-sandbox', AWS_REGION: 'us-west-2' });
});

it('the wizard asks for another name if the bucket is another account\u2019s, before it creates one and after', async () => {
  const { answer, ended } = await startWizard({
    words: west,
    settings: { ...tokens, S3_BUCKET: 'theirs' },
    arrange({ s3 }) {
      s3.faults.add({ kind: 'error', code: 'AccessDenied' }, { when: is('ListObjectsV2') });
      s3.faults.add({ kind: 'error', code: 'BucketAlreadyExists' }, { when: is('CreateBucket') });
    },
  });
  await answer(/Create a new Slack app\?/, enter);
  await answer(/Bucket name \(created if/, enter);
  await answer(/theirs is another account's/);
  await answer(/What next\?/, down, down, enter);
  await answer(/Bucket name \(created if/, enter);
  await answer(/There is no bucket imagine-1a2b3c4d/, enter);
  await answer(/imagine-1a2b3c4d is taken by another account/);
  await answer(/What next\?/, enter);
  await answer(/There is no bucket imagine-1a2b3c4d/, enter);
  await answer(/is ready/);
  await answer(/Print the policy/, stop);
  expect(await ended).toBe(1);
});

it('expired credentials are named, and a profile takes their place in this run and in .env', async () => {
  const folder = await newFolder();
  const { accessKeyId, secretAccessKey } = sandboxCredentials;
  const profile = `[images]\naws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey}\n`;
  writeFileSync(join(folder, 'credentials'), profile);
  const { answer, ended } = await startWizard({
    folder,
    words: ['--bucket', 'imagine-sandbox', ...west],
    settings: {
      ...tokens,
      AWS_ACCESS_KEY_ID: 'AKIAEXPIRED000000000',
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    },
  });
  await answer(/Create a new Slack app\?/, enter);
  await answer(/credentials: these are set in this terminal only/);
  await answer(/credentials: AWS does not know them/);
  await answer(/What next\?/, down, down, down, enter);
  await answer(/Profile name/, 'images', enter);
  await answer(/imagine-sandbox is there/);
  await answer(/Its settings\?/, enter);
  await answer(/Print the policy/, stop);
  expect(await ended).toBe(1);
  expect(envOf(folder)).toMatchObject({ S3_BUCKET: 'imagine-sandbox', AWS_PROFILE: 'images' });
});

it('the wizard takes a failed step of a new bucket again, and finishes it', async () => {
  const { sandbox, answer, ended } = await startWizard({
    words: ['--bucket', 'our-images', ...west],
    settings: tokens,
    arrange: ({ s3 }) => s3.faults.add({ kind: 'error', code: 'AccessDenied' }, { when: is('PutBucketPolicy') }),
  });
  await answer(/Create a new Slack app\?/, enter);
  await answer(/There is no bucket our-images/, enter);
  await answer(/these credentials lack s3:PutBucketPolicy/);
  await answer(/Try this step again\?/, enter);
  await answer(/our-images is ready/);
  await answer(/Print the policy/, stop);
  expect(await ended).toBe(1);
  expect(sandbox.s3.settings('our-images').lifecycle).toContain('abort-incomplete-uploads');
});

it('Ctrl+C while the wizard waits for AWS says how to go on', async () => {
  const interrupt = new AbortController();
  const { answer, ended } = await startWizard({
    words: ['--bucket', 'our-images', ...west],
    settings: { SLACK_BOT_TOKEN: 'xoxb-sandbox', SLACK_SIGNING_SECRET: 'sandbox-signing-secret' },
    interrupted: once(interrupt.signal, 'abort'),
    arrange: ({ s3 }) => s3.faults.add({ kind: 'held', until: new Promise(() => {}) }),
  });
  await answer(/Create a new Slack app\?/, enter);
  await answer(/signing secret can be checked only when Slack calls/);
  await answer(/AWS credentials found/);
  interrupt.abort();
  expect(await ended).toBe(1);
  await answer(/Stopped\. Run `npm run setup` again to go on/);
});

it('npm run setup -- --yes writes no bucket that S3 refuses', async () => {
  const { folder, ended, screen } = await startWizard({
    words: ['--yes', '--bucket', 'xn--images', ...west],
    given: tokens,
    arrange: ({ s3 }) => s3.faults.add({ kind: 'error', code: 'InvalidBucketName' }),
  });
  expect(await ended).toBe(1);
  expect(screen()).toMatch(/S3 refused this \(InvalidBucketName.*\nfix {3}\.env: S3_BUCKET was not written/);
  expect(envOf(folder)).toMatchObject({ ...tokens, S3_BUCKET: '' });
});

it('a .env that cannot be written stops the wizard before its first question', async () => {
  const folder = await newFolder();
  mkdirSync(join(folder, '.env'));
  const { ended, screen } = await startWizard({ folder });
  expect(await ended).toBe(1);
  expect(screen()).toMatch(/^\S+ +\.env: it must be a file that you may read/m);
  expect(screen()).not.toContain('Create a new Slack app?');
});
