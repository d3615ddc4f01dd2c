import { describe, expect, it } from 'vitest';
import { denyBedrockControl, examine, tellInstead, type ValidationIssue } from './doctor.js';

/** What works and is worth knowing: status 0. */
const remarks: [what: string, issue: ValidationIssue, note: string][] = [
  [
    'no permission to ask Bedrock',
    {
      arrange: denyBedrockControl,
    },
    'model: these credentials may not ask Bedrock about the model. To have it checked, allow bedrock:GetFoundationModel on * in their policy, or try an image with --draw.',
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
    'credentials: temporary; these end in about 3 hours. Links die with them, so not all reach the 24 hours of PREVIEW_EXPIRES_SECONDS. Longer: a longer session of the role, or lasting keys of a user made for the app.',
  ],
  [
    'credentials that do not say when they end',
    { options: { sessionToken: 'sandbox-session' } },
    'credentials: temporary, and they do not say until when. Links die with them, so not all reach the 24 hours of PREVIEW_EXPIRES_SECONDS. Longer: a longer session of the role, or lasting keys of a user made for the app.',
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
    'a subscription that is under way',
    { arrange: tellInstead('GetFoundationModelAvailability', { agreementAvailability: { status: 'PENDING' } }) },
    'model access: the subscription to the model is under way. That takes up to 15 minutes.',
  ],
  [
    'HTTP instead of Socket Mode',
    { settings: { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'sandbox-signing-secret' } },
    'Slack: the signing secret proves itself only when Slack calls. Type the command to see.',
  ],
];

describe('npm run doctor remarks on', () => {
  it.each(remarks)('%s', async (_, issue, remark) => {
    const { status, notes, fixes } = await examine(issue);
    expect(fixes).toEqual([]);
    expect(notes).toContain(remark);
    expect(status).toBe(0);
  });
});
