import { expect, it } from 'vitest';
import { denyBedrockControl, denyS3, examine, tellInstead, type ValidationIssue } from './doctor.js';

/** AWS sets no limit to a session token's length. */
const longToken = 'sandbox-token-'.padEnd(2800, 'x');

/** What is wrong, and what to fix. */
const issues: [what: string, issue: ValidationIssue, ...fixes: string[]][] = [
  [
    'a bot token that Slack refuses',
    { settings: { SLACK_BOT_TOKEN: 'xoxb-wrong' } },
    "SLACK_BOT_TOKEN: Slack does not accept this token (invalid_auth). Copy the Bot User OAuth Token from your app's page, under OAuth & Permissions.",
  ],
  [
    'images as input without the scope for files',
    { settings: { IMAGE_INPUT: 'on' } },
    'scopes: files:read is missing. Add it under OAuth & Permissions and reinstall the app.',
  ],
  [
    'a Slack that is out of reach',
    { settings: { SLACK_API_URL: 'http://127.0.0.1:2/api/' } },
    'Slack: no connection (ECONNREFUSED). Is the address or the Region right, and can this machine reach it (DNS, firewall, proxy, certificates)?',
  ],
  [
    'an address of Slack whose port fetch refuses',
    { settings: { SLACK_API_URL: 'http://127.0.0.1:1/api/' } },
    'Slack: no connection. Check SLACK_API_URL and your network.',
  ],
  [
    'a bucket that is not there',
    { settings: { S3_BUCKET: 'no-such-bucket' } },
    'S3_BUCKET: there is no bucket no-such-bucket. Create it, or correct the name.',
  ],
  [
    'a bucket that may not be written',
    { arrange: denyS3('PutObject') },
    'bucket: these credentials lack s3:PutObject. Allow it on arn:aws:s3:::imagine-sandbox/* in their policy.',
  ],
  [
    'no permission to delete',
    { arrange: denyS3('DeleteObject') },
    'bucket: these credentials lack s3:DeleteObject. Allow it on arn:aws:s3:::imagine-sandbox/* in their policy.',
  ],
  [
    'a bucket that may not be listed',
    { arrange: denyS3('ListObjectsV2') },
    'bucket: these credentials lack s3:ListBucket. Allow it on arn:aws:s3:::imagine-sandbox in their policy.',
  ],
  [
    'a bucket that may not be read',
    { arrange: denyS3('GetObject') },
    'links: a signed link to 127.0.0.1:<port> is answered with HTTP 403 (AccessDenied). Allow s3:GetObject on arn:aws:s3:::imagine-sandbox/*, and let no bucket policy refuse it.',
  ],
  [
    'a public address out of reach',
    { settings: { S3_PUBLIC_ENDPOINT: 'http://images.invalid' } },
    'S3_PUBLIC_ENDPOINT: images.invalid cannot be reached from here (ENOTFOUND). Slack must be able to open links to it.',
  ],
  [
    'links that are too long for Slack',
    { options: { sessionToken: longToken } },
    'links: they have <n> of the 3000 characters that Slack takes, so no message with images could be posted. Use credentials with a shorter session token, such as those of a role without session tags or policies.',
  ],
  [
    'credentials that have expired',
    { options: { sessionToken: 'sandbox-session', sessionExpiration: new Date(0) } },
    'credentials: they have expired. Sign in again, or run the app with a role that renews them.',
  ],
  [
    'credentials that AWS does not know',
    { settings: { AWS_ACCESS_KEY_ID: 'AKIAUNKNOWN000000000' } },
    'credentials: AWS does not know them. Are the access key id and, if any, the session token right?',
  ],
  [
    'no credentials',
    { settings: { AWS_ACCESS_KEY_ID: '', AWS_EC2_METADATA_DISABLED: 'true' } },
    'credentials: the AWS SDK finds none. Set AWS_PROFILE, or access keys, or run where a role is given. It says: Could not load credentials from any providers',
  ],
  [
    'a model whose end has come',
    { settings: { IMAGE_MODEL: 'amazon.nova-canvas-v1:0', BEDROCK_REGION: 'us-east-1' } },
    'IMAGE_MODEL: Amazon Nova Canvas reached its end of life on 2026-09-30. Use stability.stable-image-core-v1:1.',
  ],
  [
    'a Region without the model, if Bedrock cannot be asked',
    { settings: { BEDROCK_REGION: 'eu-west-1', AWS_ENDPOINT_URL_BEDROCK: 'http://127.0.0.1:1' } },
    'BEDROCK_REGION: Bedrock does not serve Stable Image Core in eu-west-1. Set it to us-west-2, or choose another model.',
    'PROMPT_MODEL: Bedrock does not serve us.amazon.nova-2-lite-v1:0 in eu-west-1. Choose another model, or set PROMPT_MODEL=off to do without it.',
  ],
  [
    'a subscription that is missing',
    {
      arrange: tellInstead(
        'GetFoundationModelAvailability',
        { agreementAvailability: { status: 'NOT_AVAILABLE' } },
        /image-core/,
      ),
    },
    'model access: this account has not subscribed to the model. Let an administrator call it once: docs/setup.md says how, under AWS.',
  ],
  [
    'a model that may not be called',
    { arrange: tellInstead('GetFoundationModelAvailability', { authorizationStatus: 'NOT_AUTHORIZED' }, /image-core/) },
    'model access: these credentials may not call the model. Allow bedrock:InvokeModel on arn:aws:bedrock:us-west-2::foundation-model/stability.stable-image-core-v1:1.',
  ],
  [
    'a service that may not be called',
    {
      arrange: tellInstead(
        'GetFoundationModelAvailability',
        { authorizationStatus: 'NOT_AUTHORIZED' },
        /stable-fast-upscale/,
      ),
    },
    'operations: these credentials may not call the models for upscale. Allow bedrock:InvokeModel on arn:aws:bedrock:us-west-2:YOUR-ACCOUNT:inference-profile/us.stability.stable-fast-upscale-v1:0 and, for us-east-1, us-east-2, us-west-2, on arn:aws:bedrock:*::foundation-model/stability.stable-fast-upscale-v1:0, or leave it out of IMAGE_OPERATIONS.',
  ],
  [
    'a policy that allows none of what works from an image',
    {
      arrange: tellInstead(
        'GetFoundationModelAvailability',
        { authorizationStatus: 'NOT_AUTHORIZED' },
        /sd3-5|stable-(?!image-core)/,
      ),
    },
    'operations: these credentials may not call the models for vary_subtle, vary_strong, image_to_image. Allow bedrock:InvokeModel on arn:aws:bedrock:us-west-2::foundation-model/stability.sd3-5-large-v1:0, or leave them out of IMAGE_OPERATIONS.',
    'operations: these credentials may not call the models for upscale, aspect_ratio, remove_background, replace, recolor, style_guide, structure, sketch. Allow bedrock:InvokeModel on arn:aws:bedrock:us-west-2:YOUR-ACCOUNT:inference-profile/us.stability.* and, for us-east-1, us-east-2, us-west-2, on arn:aws:bedrock:*::foundation-model/stability.*, or leave them out of IMAGE_OPERATIONS.',
  ],
  [
    'services that the account has not subscribed to, whose subscription fails, or that Bedrock does not serve',
    {
      arrange(sandbox) {
        const answers = [
          [/outpaint/, { agreementAvailability: { status: 'NOT_AVAILABLE' } }],
          [/sketch/, { agreementAvailability: { status: 'ERROR', errorMessage: 'no payment method' } }],
          [/recolor|replace/, { regionAvailability: 'NOT_AVAILABLE' }],
        ] as const;
        for (const [modelId, fields] of answers)
          tellInstead('GetFoundationModelAvailability', fields, modelId)(sandbox);
      },
    },
    'operations: this account has not subscribed to the models for aspect_ratio. Let an administrator use it once, as docs/setup.md says under AWS, or leave it out of IMAGE_OPERATIONS.',
    'operations: Bedrock does not serve the models for replace, recolor in us-west-2. Until it does, leave them out of IMAGE_OPERATIONS.',
    'operations: the subscription to the models for sketch failed (no payment method). Let an administrator use it once, as docs/setup.md says under AWS, or leave it out of IMAGE_OPERATIONS.',
  ],
  [
    'a model for prompts that may not be called',
    { arrange: tellInstead('GetFoundationModelAvailability', { authorizationStatus: 'NOT_AUTHORIZED' }, /nova-2/) },
    'prompts: these credentials may not call us.amazon.nova-2-lite-v1:0. Allow bedrock:InvokeModel on it, as docs/setup.md says, or set PROMPT_MODEL=off to do without it.',
  ],
  [
    'a model for prompts that Bedrock does not serve',
    { settings: { PROMPT_MODEL: 'us.amazon.nova-9-lite-v1:0' } },
    'PROMPT_MODEL: Bedrock does not serve us.amazon.nova-9-lite-v1:0 in us-west-2. Choose another model, or set PROMPT_MODEL=off to do without it.',
  ],
  [
    'a profile for prompts that cannot be called from its Region',
    { settings: { PROMPT_MODEL: 'eu.amazon.nova-2-lite-v1:0' } },
    'PROMPT_MODEL: Bedrock does not serve eu.amazon.nova-2-lite-v1:0 in us-west-2. Choose another model, or set PROMPT_MODEL=off to do without it.',
  ],
  [
    'prompts that are not written',
    {
      words: ['--draw'],
      arrange: ({ bedrock }) =>
        bedrock.faults.add(
          { kind: 'error', name: 'AccessDeniedException' },
          { when: ({ operation }) => operation === 'Converse' },
        ),
    },
    "prompts: us.amazon.nova-2-lite-v1:0 wrote none (denied: You don't have access to the model with the specified model ID.). Allow bedrock:InvokeModel on the profile and on its model in every Region: see docs/setup.md, under AWS.",
  ],
  [
    'an image that is not drawn',
    {
      words: ['--draw'],
      settings: { PROMPT_MODEL: 'off' },
      arrange: ({ bedrock }) => bedrock.faults.add({ kind: 'error', name: 'AccessDeniedException' }),
    },
    "model: Stable Image Core drew no image (denied, The call ended with AccessDeniedException: You don't have access to the model with the specified model ID.). Allow bedrock:InvokeModel on the model, and subscribe to it: docs/setup.md says how, under AWS.",
  ],
];

it.each(issues)('npm run doctor says what to do about %s', async (_, issue, ...expected) => {
  const { status, fixes } = await examine(issue);
  expect([status, fixes]).toEqual([1, expected]);
});

/** What works and is worth knowing: status 0. */
const remarks: [what: string, issue: ValidationIssue, note: string][] = [
  [
    'no permission to ask Bedrock',
    { arrange: denyBedrockControl },
    'model: these credentials may not ask Bedrock about the model. To have it checked, allow bedrock:GetFoundationModel on * in their policy, or try an image with --draw.',
  ],
  [
    'no permission to ask about access to a model that Bedrock serves, though our table says it has ended',
    {
      settings: { IMAGE_MODEL: 'amazon.nova-canvas-v1:0', BEDROCK_REGION: 'us-east-1' },
      arrange(sandbox) {
        tellInstead('GetFoundationModel', { modelDetails: { modelLifecycle: { status: 'ACTIVE' } } })(sandbox);
        sandbox.bedrockControl.faults.add(
          { kind: 'error', name: 'AccessDeniedException' },
          { when: ({ operation }) => operation === 'GetFoundationModelAvailability', times: 99 },
        );
      },
    },
    'model: these credentials may not ask Bedrock about the model. To have it checked, allow bedrock:GetFoundationModelAvailability on * in their policy, or try an image with --draw.',
  ],
  [
    'a Bedrock that can be drawn with and not be asked about the model',
    { settings: { AWS_ENDPOINT_URL_BEDROCK: 'http://127.0.0.1:1' }, words: ['--draw'] },
    'model: Bedrock could not be asked about the model (ECONNREFUSED). Drawing needs another address: try an image with --draw. To have the model checked, set AWS_ENDPOINT_URL_BEDROCK or allow connections to bedrock.us-west-2.amazonaws.com.',
  ],
  [
    'credentials that end before the links',
    {
      options: { sessionToken: 'sandbox-session' },
      settings: { AWS_CREDENTIAL_EXPIRATION: new Date(Date.now() + 3_600_000 * 3 - 60_000).toISOString() },
    },
    'credentials: temporary; these end in about 3 hours. Links die with them, so not all reach the 24 hours of PREVIEW_EXPIRES_SECONDS. Longer: a longer session of the role, or long-term keys of a user made for the app.',
  ],
  [
    'credentials that do not say when they end',
    { options: { sessionToken: 'sandbox-session' } },
    'credentials: temporary, and they do not say until when. Links die with them, so not all reach the 24 hours of PREVIEW_EXPIRES_SECONDS. Longer: a longer session of the role, or long-term keys of a user made for the app.',
  ],
  [
    'a model that is Legacy',
    {
      arrange: tellInstead('GetFoundationModel', {
        modelDetails: { modelLifecycle: { status: 'LEGACY', endOfLifeTime: '2999-01-01T00:00:00Z' } },
      }),
    },
    'model: Stable Image Core is Legacy and ends on 2999-01-01: AWS takes it from accounts that have not used it lately.',
  ],
  [
    'a Region without some of the models that operations need',
    {
      settings: { IMAGE_MODEL: 'amazon.nova-canvas-v1:0', BEDROCK_REGION: 'us-east-1' },
      arrange: tellInstead('GetFoundationModel', { modelDetails: { modelLifecycle: { status: 'ACTIVE' } } }),
    },
    'operations: us-east-1 has no model for vary_subtle, vary_strong, image_to_image, so users are not offered it.',
  ],
  [
    'a subscription to a service that is under way',
    {
      arrange: tellInstead(
        'GetFoundationModelAvailability',
        { agreementAvailability: { status: 'PENDING' } },
        /remove-background/,
      ),
    },
    'operations: the subscription to the models for remove_background is under way. That takes up to 15 minutes.',
  ],
  [
    'a subscription that is under way',
    { arrange: tellInstead('GetFoundationModelAvailability', { agreementAvailability: { status: 'PENDING' } }) },
    'model access: the subscription to the model is under way. That takes up to 15 minutes.',
  ],
  [
    'a rate limit of Slack',
    {
      arrange: ({ workspace }) =>
        workspace.faults.calls.add(
          { kind: 'rate_limited', retryAfterSeconds: 30 },
          { when: ({ method }) => method === 'apps.connections.open' },
        ),
    },
    'Slack: it was asked too often. Run this again in 30 seconds.',
  ],
  [
    'HTTP instead of Socket Mode',
    { settings: { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'sandbox-signing-secret' } },
    'Slack: the signing secret can be checked only when Slack calls the app. Start it and type the command.',
  ],
];

it.each(remarks)('npm run doctor remarks on %s', async (_, issue, remark) => {
  const { status, notes, fixes } = await examine(issue);
  expect([status, fixes]).toEqual([0, []]);
  expect(notes).toContain(remark);
});
