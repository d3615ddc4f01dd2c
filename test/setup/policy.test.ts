import { expect, it } from 'vitest';
import { fillPolicy } from '../../src/setup/policy.js';

function fill(variables: Record<string, string>) {
  const { policy, notes } = fillPolicy({ bucket: 'images', account: '123456789012', variables });
  const statements: { Sid: string }[] = JSON.parse(policy).Statement;
  return { policy, names: statements.map(({ Sid }) => Sid), notes: notes.map(({ text }) => text) };
}

it('fills in the bucket, the account and the Region, and leaves nothing to be filled in', () => {
  const { policy, names, notes } = fill({ BEDROCK_REGION: 'us-east-1', GUARDRAIL_ID: 'abc', TAG_IMAGES: 'on' });
  expect(policy).toContain('arn:aws:s3:::images/*');
  expect(policy).toContain('arn:aws:bedrock:us-east-1:123456789012:guardrail/abc');
  expect(policy).not.toContain('${');
  expect(names).toEqual(expect.arrayContaining(['WorkFromImages', 'ReadPosts', 'WritePrompts', 'TagImages']));
  expect(notes).toEqual([]);
});

it('leaves out what the settings turn off', () => {
  const { names, notes } = fill({ IMAGE_OPERATIONS: 'none', POST_ANALYSIS: 'off', PROMPT_MODEL: 'off' });
  const others = ['WorkFromImages', 'ReadPosts', 'WritePrompts', 'CheckPrompts', 'TagImages'];
  expect(names.filter((name) => others.includes(name))).toEqual([]);
  expect(notes).toEqual([]);
});

it.each<Record<string, string>>([{ PROMPT_MODEL: 'us.amazon.nova-pro-v1:0' }, { BEDROCK_REGION: 'eu-central-1' }])(
  'says that the rights to write prompts are for the default only, with %j',
  (settings) => {
    expect(fill(settings).notes).toEqual([
      expect.stringMatching(/^policy: WritePrompts allows the default .*docs\/setup/),
    ]);
    expect(fill({ ...settings, PROMPT_MODEL: 'off' }).notes).toEqual([]);
  },
);

it('says where the number of the account goes if the credentials do not tell it', () => {
  const { policy, notes } = fillPolicy({ bucket: 'images', account: undefined, variables: {} });
  expect(policy).toContain('YOUR-ACCOUNT');
  expect(notes).toHaveLength(1);
});
