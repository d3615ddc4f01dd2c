import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { envOf, keys, machineOf, newFolder, startWizard } from './setup.js';

const { enter, down, stop } = keys;
const checkout = fileURLToPath(new URL('../..', import.meta.url));

it('npm run setup leads a person from nothing to a finished .env, a doctor that is content, and a first fox', async () => {
  const { sandbox, folder, opened, answer, ended, screen } = await startWizard();
  await answer(/Create a new Slack app\?/, enter);
  await answer(/How does Slack reach the app\?/, enter);
  await answer(/What is it called\?/, enter);
  await answer(/https:\/\/api\.slack\.com\/apps\?new_app=1&manifest_json=%7B/);
  await answer(/Open it in your browser\?/, enter);
  await answer(/Bot User OAuth Token/, 'hello', enter);
  await answer(/begins with xoxb-/, 'xoxb-wrong', enter);
  await answer(/SLACK_BOT_TOKEN: Slack does not accept this token \(invalid_auth\)/);
  await answer(/What next\?/, enter);
  await answer(/Bot User OAuth Token/, sandbox.workspace.botToken, enter);
  await answer(/the bot token is accepted, for @imagine in Sandbox/);
  await answer(/App-level token/, sandbox.workspace.appToken, enter);
  await answer(/the app token opens Socket Mode/);
  await answer(/Region of the bucket/, ' ', enter); // a space is no answer
  await answer(/AWS credentials found/);
  await answer(/Bucket name \(created if/, enter);
  await answer(/There is no bucket imagine-1a2b3c4d\. Create it/, enter);
  await answer(/is ready: private, encrypted, HTTPS only/);
  await answer(/Print the policy/, enter);
  await answer(/"Resource": "arn:aws:s3:::imagine-1a2b3c4d\/\*"/);
  await answer(/Nothing to fix/);
  await answer(/Draw a first fox with Stable Image Core for about \$0\.04\?/, enter);
  await answer(/look at first-fox\.png/);
  expect(await ended).toBe(0);
  expect(opened).toHaveLength(1);
  expect(envOf(folder)).toMatchObject({
    SLACK_BOT_TOKEN: sandbox.workspace.botToken,
    SLACK_APP_TOKEN: sandbox.workspace.appToken,
    S3_BUCKET: 'imagine-1a2b3c4d',
    AWS_REGION: 'us-west-2',
  });
  expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
  const { publicAccessBlock, encryption, policy, lifecycle } = sandbox.s3.settings('imagine-1a2b3c4d');
  expect(publicAccessBlock?.match(/true/g)).toHaveLength(4);
  expect([encryption, policy]).toEqual([
    expect.stringContaining('AES256'),
    expect.stringMatching(/SecureTransport.*TlsVersion/),
  ]);
  expect(lifecycle).not.toContain('unpicked');
  expect(screen()).not.toMatch(/xoxb-(sandbox|wrong)|xapp-sandbox/);
});

it('Ctrl+C stops the wizard and leaves nothing half-written', async () => {
  const { folder, answer, ended } = await startWizard();
  await answer(/Create a new Slack app\?/, enter);
  await answer(/How does Slack reach the app\?/, stop);
  expect(await ended).toBe(1);
  await answer(/Stopped\. Run `npm run setup` again/);
  expect(() => envOf(folder)).toThrow(/ENOENT/);
});

it('a second run keeps what works, changes what is answered anew, and asks before it changes the file', async () => {
  const folder = await newFolder();
  const before = '# ours\nSLACK_BOT_TOKEN=xoxb-old\nLOG_LEVEL=debug\n';
  writeFileSync(join(folder, '.env'), before);
  const { sandbox, answer, ended } = await startWizard({ folder, settings: { SLACK_BOT_TOKEN: 'xoxb-old' } });
  await answer(/Create a new Slack app\?/, enter); // the answer is no, since there is a token
  await answer(/How does Slack reach the app\?/, enter);
  await answer(/does not accept this token/);
  await answer(/What next\?/, enter);
  await answer(/Bot User OAuth Token/, sandbox.workspace.botToken, enter);
  await answer(/App-level token/, sandbox.workspace.appToken, enter);
  await answer(/Change SLACK_BOT_TOKEN, and leave the rest/, enter);
  await answer(/Region of the bucket/, enter);
  await answer(/Bucket name \(created if/, sandbox.bucket, enter);
  await answer(/imagine-sandbox is there/);
  await answer(/Its settings\?/, down, down, enter);
  await answer(/put-public-access-block [\s\S]*put-bucket-lifecycle-configuration/);
  await answer(/Print the policy/, down, enter);
  await answer(/Draw a first fox/, down, enter);
  expect(await ended).toBe(0);
  expect(readFileSync(join(folder, '.env'), 'utf8')).toBe(
    `# ours\nSLACK_BOT_TOKEN=${sandbox.workspace.botToken}\nLOG_LEVEL=debug\nSLACK_APP_TOKEN=${sandbox.workspace.appToken}\nAWS_REGION=us-west-2\nS3_BUCKET=imagine-sandbox\n`,
  );
});

it('the wizard prints the commands for an administrator if the rights to create a bucket are missing, and takes a step again', async () => {
  const { sandbox, folder, answer, ended } = await startWizard({
    words: ['--bucket', 'our-images', '--region', 'us-west-2', '--unpicked-days', '30'],
    settings: { SLACK_BOT_TOKEN: 'xoxb-sandbox', SLACK_APP_TOKEN: 'xapp-sandbox' },
    arrange: ({ s3 }) =>
      s3.faults.add({ kind: 'error', code: 'AccessDenied' }, { when: ({ operation }) => operation === 'CreateBucket' }),
  });
  await answer(/Create a new Slack app\?/, enter);
  await answer(/There is no bucket our-images/, enter);
  await answer(/these credentials lack s3:CreateBucket/);
  await answer(/Try this step again\?/, down, enter);
  await answer(/aws s3api create-bucket --region us-west-2 --bucket our-images .*LocationConstraint=us-west-2/);
  await answer(/put-bucket-lifecycle-configuration .*"Value":"unpicked".*"Days":30/);
  await answer(/deleted only after the last of these commands has run/);
  await answer(/Print the policy/, enter);
  await answer(/TagImages/);
  await answer(/there is no bucket our-images/);
  await answer(/One thing to fix/); // though several checks need the bucket
  await answer(/What next\?/, down, down, down, enter);
  await answer(/Region of the bucket/, enter); // though a flag answered the first time
  await answer(/Bucket name \(created if/, enter);
  await answer(/There is no bucket our-images/, enter);
  await answer(/is ready: private/);
  await answer(/Print the policy/, enter); // the answer is no, since .env names this bucket already
  await answer(/Nothing to fix/);
  await answer(/Draw a first fox/, down, enter);
  expect(await ended).toBe(0);
  expect(sandbox.s3.settings('our-images').lifecycle).toContain('<Value>unpicked</Value>');
  expect(envOf(folder)).toMatchObject({ TAG_IMAGES: 'on', S3_BUCKET: 'our-images' });
});

/** `npm run setup -- …` as a process, in a folder that has what a fresh copy has. */
async function startCopy() {
  const folder = await newFolder();
  const paths = ['package.json', '.env.example', 'manifest.yml', 'deploy/policy.json', 'dist'];
  await promisify(execFile)('cp', ['-a', '--parents', ...paths, folder], { cwd: checkout });
  await symlink(join(checkout, 'node_modules'), join(folder, 'node_modules'));
  const sandbox = await startSandbox({ bedrock: { imageScale: 0.25 } });
  onTestFinished(() => sandbox.close());
  const env = { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, HOME: folder, ...machineOf(sandbox) };
  async function run(script: string, words: string[], input = '', settings: Record<string, string> = {}) {
    const npm = spawn('npm', ['run', '--silent', script, '--', ...words], {
      cwd: folder,
      env: { ...env, ...settings },
    });
    npm.stdin.end(input);
    const [output, errors] = await Promise.all([text(npm.stdout), text(npm.stderr), once(npm, 'close')]);
    return { status: npm.exitCode, output: output + errors };
  }
  return { folder, sandbox, run };
}

it('npm run setup -- --yes finishes a .env from flags and tokens on standard input, after which the doctor is content', async () => {
  const { folder, sandbox, run } = await startCopy();
  const { botToken, appToken } = sandbox.workspace;
  const tokens = `SLACK_BOT_TOKEN=${botToken}\nSLACK_APP_TOKEN=${appToken}\nOPENAI_API_KEY=sk-sandbox\n`;
  const flags = ['--yes', '--tokens-stdin', '--bucket', 'new-images', '--region', 'us-west-2', '--draw'];
  const first = await run('setup', flags, tokens);
  expect(first.output).toContain('Nothing to fix.');
  expect(first.status).toBe(0);
  expect(envOf(folder)).toMatchObject({
    SLACK_BOT_TOKEN: botToken,
    S3_BUCKET: 'new-images',
    OPENAI_API_KEY: 'sk-sandbox',
  });
  expect(first.output).not.toContain('Warning');
  expect(readFileSync(join(folder, 'first-fox.png')).subarray(1, 4).toString()).toBe('PNG');
  const doctor = await run('doctor', []);
  expect(doctor.output).toMatch(/Nothing to fix\.\n$/);
  expect(doctor.status).toBe(0);
  const other = await run('setup', ['--yes', '--bucket', 'other-images']);
  expect(other.output).toContain(
    'fix   .env was not changed: it already has another value for S3_BUCKET. To replace it, add --overwrite.',
  );
  expect([other.status, envOf(folder).S3_BUCKET]).toEqual([1, 'new-images']);
  expect((await run('setup', ['--yes', '--bucket', 'other-images', '--overwrite'])).status).toBe(0);
  expect(envOf(folder).S3_BUCKET).toBe('other-images');
  for (const { output } of [first, doctor, other]) expect(output).not.toMatch(/xoxb-sandbox|xapp-sandbox|sk-sandbox/);
}, 120_000);

it('npm run setup says what it needs if it cannot ask', async () => {
  const { folder, run } = await startCopy();
  const asked = await run('setup', []);
  expect(asked.output).toMatch(/^fix {3}setup: this is not a terminal.* add --yes/);
  const wrong = await run('setup', ['--yes', '--mode', 'smoke', '--bucket', 's3://x', '--name', '']);
  expect(wrong.output.split('\n').map((line) => line.slice(0, 14))).toEqual([
    'fix   --bucket',
    'fix   --mode: ',
    'fix   --name: ',
    '',
  ]);
  const unknown = await run('setup', ['--token', 'xoxb-secret']);
  expect(unknown.output).toBe('fix   One of the flags is unknown, or lacks its value. Try --help.\n');
  const noToken = await run('setup', ['--yes']);
  expect(noToken.output).toMatch(/fix {3}SLACK_BOT_TOKEN is not set\. Put it in the environment/);
  const refused = await run('setup', ['--yes', '--tokens-stdin'], 'SLACK_BOT_TOKEN=xoxb-wrong\n');
  expect(refused.output).toMatch(/fix {3}SLACK_BOT_TOKEN: Slack does not accept.*\nfix {3}\.env: nothing was written/);
  expect([asked, wrong, unknown, noToken, refused].map(({ status }) => status)).toEqual([1, 1, 1, 1, 1]);
  expect((await run('setup', ['--help'])).status).toBe(0);
  expect(() => envOf(folder)).toThrow(/ENOENT/);
}, 120_000);
