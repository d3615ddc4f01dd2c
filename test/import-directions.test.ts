import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));
const biome = join(project, 'node_modules/.bin/biome');

/** main, doctor → app → slack | aws | models | engine | text | observability → core, and the sandbox by itself. */
const imports: [file: string, imported: string, isAllowed: boolean][] = [
  ['src/core/up-to-slack.ts', '../slack/app/app.js', false],
  ['src/core/up-to-the-words.ts', '../text/batch.js', false],
  ['src/core/batch/up-to-the-log.ts', '../../observability/log.js', false],
  ['src/core/a-vendor.ts', '@aws-sdk/client-s3', false],
  ['src/core/prompt/post/up-to-slack.ts', '../../../slack/app/app.js', false],
  ['src/core/prompt/up-to-the-batch.ts', '../batch/batch.js', false],
  ['src/core/prompt/beside.ts', '../ids.js', true],
  ['src/core/batch/down-to-the-prompt.ts', '../prompt/styles.js', true],
  ['src/slack/app/sideways.ts', '../../aws/image-store.js', false],
  ['src/slack/up-to-the-settings.ts', '../config.js', false],
  ['src/slack/message/sideways.ts', '../../models/stability.js', false],
  ['src/slack/message/up-to-a-form.ts', '../form/open-form.js', false],
  ['src/slack/message/down.ts', '../api/mrkdwn.js', true],
  ['src/slack/api/up-to-a-message.ts', '../message/elements.js', false],
  ['src/slack/message/words.ts', '../../text/batch.js', true],
  ['src/slack/down.ts', '../core/log.js', true],
  ['src/aws/sideways.ts', '../slack/api/mrkdwn.js', false],
  ['src/aws/words.ts', '../text/batch.js', false],
  ['src/aws/up-to-main.ts', '../main.js', false],
  ['src/aws/down.ts', '../core/batch/batch.js', true],
  ['src/models/words.ts', '../text/batch.js', false],
  ['src/models/down.ts', '../core/errors.js', true],
  ['src/engine/a-vendor.ts', '@slack/bolt', false],
  ['src/engine/up-to-the-app.ts', '../app.js', false],
  ['src/engine/down.ts', '../core/log.js', true],
  ['src/engine/the-queue.ts', 'bullmq', true],
  ['src/engine/the-queue-server.ts', 'ioredis', true],
  ['src/app.ts', 'bullmq', false],
  ['src/doctor/the-queue-server.ts', 'ioredis', false],
  ['src/core/the-queue.ts', 'bullmq', false],
  ['src/core/prompt/the-queue.ts', 'bullmq', false],
  ['src/slack/the-queue.ts', 'bullmq', false],
  ['src/slack/message/the-queue.ts', 'bullmq', false],
  ['src/slack/api/the-queue.ts', 'bullmq', false],
  ['src/text/the-queue.ts', 'bullmq', false],
  ['src/aws/the-queue.ts', 'bullmq', false],
  ['src/models/the-queue.ts', 'bullmq', false],
  ['src/observability/the-queue.ts', 'bullmq', false],
  ['src/core/the-queue-server.ts', 'ioredis', false],
  ['src/aws/the-queue-server.ts', 'ioredis', false],
  ['src/slack/the-queue-server.ts', 'ioredis', false],
  ['src/text/sideways.ts', '../slack/api/mrkdwn.js', false],
  ['src/text/down.ts', '../core/errors.js', true],
  ['sandbox/the-product.ts', '../src/core/errors.js', false],
  ['sandbox/s3/the-log.ts', '../../src/observability/log.js', false],
  ['sandbox/a-vendor.ts', '@aws-sdk/client-s3', false],
  ['sandbox/beside.ts', './http.js', true],
  ['src/the-sandbox.ts', '../sandbox/http.js', false],
  ['src/core/the-sandbox.ts', '../../sandbox/http.js', false],
  ['src/down.ts', './slack/app/app.js', true],
];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'imagine-imports-'));
  await cp(join(project, 'biome.json'), join(folder, 'biome.json'));
  for (const [file, imported] of imports) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), `import { it } from '${imported}';\n\nexport const same = it;\n`);
  }
});

afterAll(() => rm(folder, { recursive: true }));

test('the linter refuses imports upwards and sideways, and no others', async () => {
  const lint = ['lint', '--only=style/noRestrictedImports', '--reporter=json', '--max-diagnostics=none', '.'];
  const { stdout } = await promisify(execFile)(biome, lint, { cwd: folder }).catch((refused) => refused);
  const { diagnostics }: { diagnostics: { location: { path: string } }[] } = JSON.parse(stdout);
  const refused = diagnostics.map(({ location }) => location.path).sort();
  expect(refused).toEqual(imports.flatMap(([file, , isAllowed]) => (isAllowed ? [] : file)).sort());
});
