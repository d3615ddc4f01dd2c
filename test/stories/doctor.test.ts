import { expect, it } from 'vitest';
import { denyS3, examine } from './doctor.js';

it('npm run doctor reports a setup that works, ends with status 0 and leaves nothing behind', async () => {
  const { sandbox, status, output } = await examine();
  expect(output).toMatchInlineSnapshot(`
    "ok    settings: all there and well formed
    ok    Slack: the bot token is accepted, for @imagine in Sandbox
    ok    scopes: all that the manifest asks for are granted
    ok    Slack: the app token opens Socket Mode
    ok    credentials: long-term keys; links work for 24 hours
    ok    bucket: imagine-sandbox can be written to
    ok    bucket: a write whose condition does not hold is refused (If-None-Match)
    ok    bucket: a write whose condition does not hold is refused (If-Match)
    ok    links: a signed link to 127.0.0.1:<port> opens from here
    ok    bucket: it cannot be read without a signed link
    ok    links: they have <n> of the 3000 characters that Slack takes
    note  links: they lead to 127.0.0.1, which Slack cannot reach. Set S3_PUBLIC_ENDPOINT to where the world can.
    ok    bucket: the object of this check is deleted again
    ok    bucket: it can be listed, so what is missing is told from what is forbidden
    ok    lifecycle: the bucket keeps every image until you delete it
    ok    Comprehend: DetectDominantLanguage answers
    ok    Comprehend: DetectSentiment answers
    ok    Comprehend: DetectKeyPhrases answers
    ok    Comprehend: DetectPiiEntities answers
    ok    model: Bedrock serves Stable Image Core in us-west-2
    ok    model access: this account may use Stable Image Core
    ok    operations: this account may use the models of vary_subtle, vary_strong, upscale, aspect_ratio, remove_background, replace, recolor, style_guide, image_to_image, structure, sketch
    ok    prompts: this account has access to us.amazon.nova-2-lite-v1:0; \`npm run doctor -- --draw\` shows whether it may be called
    ok    sheets: this machine can draw them; the app writes to no disk

    Nothing to fix.
    "
  `);
  expect(status).toBe(0);
  expect(sandbox.s3.objects(sandbox.bucket)).toEqual([]);
  expect(sandbox.bedrock.requests()).toEqual([]);
});

it('npm run doctor names every setting that is wrong, and checks no further', async () => {
  const { status, output, sandbox } = await examine({ settings: { S3_BUCKET: '', PREVIEW_LAYOUT: 'grid' } });
  expect(output).toMatchInlineSnapshot(`
    "fix   S3_BUCKET: set the name of a private bucket.
    fix   PREVIEW_LAYOUT: set one of sheet, carousel.
    note  The rest can be checked once the settings are right.

    2 things to fix.
    "
  `);
  expect(status).toBe(1);
  expect(sandbox.wireLog.entries()).toEqual([]);
});

it('npm run doctor -- --json writes one document with every result, and ends with the same status', async () => {
  const { status, output } = await examine({ words: ['--json'], settings: { SLACK_APP_TOKEN: 'xapp-wrong' } });
  const { problems, results } = JSON.parse(output);
  expect(problems).toBe(1);
  expect(results[0]).toEqual({ kind: 'ok', subject: 'settings', text: 'all there and well formed' });
  expect(results.filter(({ kind }: { kind: string }) => kind === 'fix')).toEqual([
    { kind: 'fix', subject: 'SLACK_APP_TOKEN', text: expect.stringMatching(/^Slack does not accept this token/) },
  ]);
  expect(status).toBe(1);
});

it('npm run doctor -- --json keeps a sentence that has no subject whole', async () => {
  const { output } = await examine({ words: ['--json'], settings: { S3_BUCKET: '' } });
  expect(JSON.parse(output)).toEqual({
    problems: 1,
    results: [
      { kind: 'fix', subject: 'S3_BUCKET', text: 'set the name of a private bucket.' },
      { kind: 'note', subject: 'settings', text: 'The rest can be checked once the settings are right.' },
    ],
  });
});

it('npm run doctor pays for one image if asked to, and checks it', async () => {
  const { sandbox, status, output } = await examine({ words: ['--draw'] });
  expect(output).toMatch(/^ok {4}model: Stable Image Core drew an image \(image\/png, \d+ bytes\)$/m);
  expect(output).toContain('ok    prompts: us.amazon.nova-2-lite-v1:0 wrote three');
  const asked = sandbox.bedrock.requests().map(({ operation }) => operation);
  expect(asked.sort()).toEqual(['Converse', 'InvokeModel']);
  expect(status).toBe(0);
});

const rule = (filter: string, days: number) =>
  `<LifecycleConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule><ID>old</ID><Status>Enabled</Status>${filter}<Expiration><Days>${days}</Days></Expiration></Rule></LifecycleConfiguration>`;
const unpickedFilter = '<Filter><Tag><Key>imagine</Key><Value>unpicked</Value></Tag></Filter>';

it.each([
  [
    'for images that were not chosen',
    unpickedFilter,
    'on',
    /^ok {4}lifecycle: images that were not chosen are deleted after 30/m,
  ],
  [
    'for tags that the app does not write',
    unpickedFilter,
    'off',
    /^note {2}lifecycle: .* tags none\. Set TAG_IMAGES=on/m,
  ],
  ['for everything', '<Filter></Filter>', 'on', /^note {2}lifecycle: the rule old deletes objects after 30 days\./m],
  ['for everything', '<Filter></Filter>', 'on', /^note {2}lifecycle: TAG_IMAGES is on, and no rule/m],
])('npm run doctor says what a lifecycle rule %s does', async (_what, filter, TAG_IMAGES, line) => {
  const { status, output } = await examine({
    settings: { TAG_IMAGES },
    arrange: ({ s3, bucket }) => void Object.assign(s3.settings(bucket), { lifecycle: rule(filter, 30) }),
  });
  expect(output).toMatch(line);
  expect(status).toBe(0);
});

it('npm run doctor continues without the right to ask for lifecycle rules', async () => {
  const { status, notes } = await examine({ arrange: denyS3('GetBucketLifecycleConfiguration') });
  expect(notes).toContainEqual(
    expect.stringMatching(/^lifecycle: .*allow s3:GetLifecycleConfiguration on arn:aws:s3:::/),
  );
  expect(status).toBe(0);
});

it('npm run doctor goes on from one thing that is wrong to the next', async () => {
  const { status, fixes } = await examine({
    options: { workspace: { scopes: ['commands', 'chat:write'] } },
    settings: { SLACK_APP_TOKEN: 'xapp-wrong', BEDROCK_REGION: 'eu-west-1' },
    arrange({ s3, comprehend }) {
      s3.setPublicRead(true);
      comprehend.faults.add({ kind: 'error', name: 'AccessDeniedException' }, { times: 4 });
    },
  });
  expect(fixes).toMatchInlineSnapshot(`
    [
      "scopes: chat:write.public, files:write are missing. Add them under OAuth & Permissions and reinstall the app.",
      "SLACK_APP_TOKEN: Slack does not accept this token (invalid_auth). Make one with the scope connections:write on your app's page, under Basic Information → App-Level Tokens.",
      "bucket: it is public: anyone can read every image. Switch on Block all public access, or take the public part out of the bucket policy.",
      "Comprehend: these credentials lack comprehend:DetectDominantLanguage. Allow it on * in their policy.",
      "Comprehend: these credentials lack comprehend:DetectSentiment. Allow it on * in their policy.",
      "Comprehend: these credentials lack comprehend:DetectKeyPhrases. Allow it on * in their policy.",
      "BEDROCK_REGION: Bedrock does not serve Stable Image Core in eu-west-1. Set it to us-west-2, or choose another model.",
      "PROMPT_MODEL: Bedrock does not serve us.amazon.nova-2-lite-v1:0 in eu-west-1. Choose another model, or set PROMPT_MODEL=off to do without it.",
    ]
  `);
  expect(status).toBe(1);
});

it('npm run doctor reports what Node warns of, such as its age, in one line among the others and without secrets', async () => {
  const { status, notes } = await examine({
    arrange({ workspace }) {
      workspace.subscribe(() => process.emitWarning('Node 18 is too old\n  for xoxb-1234567890-secret.'));
    },
  });
  expect(notes).toContain('Node warns: Node 18 is too old for [removed].');
  expect(status).toBe(0);
});

it.each(['--drow', ''])('npm run doctor refuses other arguments: "%s"', async (word) => {
  const { status, fixes, sandbox } = await examine({ words: [word] });
  expect(fixes).toEqual([expect.stringContaining(`Unknown option '${word}'`)]);
  expect(status).toBe(1);
  expect(sandbox.wireLog.entries()).toEqual([]);
});
