import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Match } from 'aws-cdk-lib/assertions';
import { repository } from '../lib/settings';
import { unpickedTag } from '../lib/storage';
import { synthesize } from './synthesize';

const { parseToObject }: { parseToObject(text: string): [Record<string, never> | null, unknown] } =
  require('hcl2-parser');

const folder = join(repository, 'deploy', 'terraform');
const files = readdirSync(folder).filter((name) => name.endsWith('.tf'));
const parsed = files.map((name) => parseToObject(readFileSync(join(folder, name), 'utf8')));
const of = (block: string) => Object.assign({}, ...parsed.flatMap(([file]) => file?.[block] ?? []));

describe('the Terraform module', () => {
  it('is well-formed HCL', () => {
    assert.deepEqual(files, ['main.tf', 'outputs.tf', 'variables.tf', 'versions.tf']);
    assert.deepEqual(
      parsed.map(([, error]) => error),
      files.map(() => null),
    );
  });

  it('makes the bucket and the policy of the stack, and nothing else', () => {
    const { aws_iam_policy: policies, ...bucket } = of('resource');
    assert.deepEqual(Object.keys(bucket).sort(), [
      'aws_s3_bucket',
      'aws_s3_bucket_lifecycle_configuration',
      'aws_s3_bucket_ownership_controls',
      'aws_s3_bucket_policy',
      'aws_s3_bucket_public_access_block',
      'aws_s3_bucket_server_side_encryption_configuration',
    ]);
    assert.deepEqual(Object.keys(policies), ['app']);
    assert.match(of('locals').policy, /templatefile\("\$\{path\.module\}\/\.\.\/policy\.json"/);
  });

  it('knows the policy before the bucket exists, so the first plan shows it', () => {
    const { app } = of('resource').aws_iam_policy;
    assert.match(app[0].policy, /local\.policy/);
    for (const text of [of('locals').policy, app[0].policy]) assert.doesNotMatch(text, /aws_s3_bucket/);
  });

  it('lets in what the stack lets in: TLS 1.2 and later', () => {
    const { images } = of('resource').aws_s3_bucket_policy;
    const [, version] = /"s3:TlsVersion" = ([\d.]+)/.exec(images[0].policy) ?? [];
    assert.match(images[0].policy, /"aws:SecureTransport" = "false"/);
    synthesize().hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Condition: { NumericLessThan: { 's3:TlsVersion': Number(version) } } }),
        ]),
      },
    });
  });

  it('refuses the Regions from which the policy cannot call the default PROMPT_MODEL', () => {
    const { app } = of('resource').aws_iam_policy;
    const regions = app[0].lifecycle[0].precondition[0].condition.match(/us-\w+-\d/g);
    const policy = readFileSync(join(repository, 'deploy', 'policy.json'), 'utf8');
    const [, ...served] = [...policy.matchAll(/bedrock:(.*?)::?.*amazon\.nova-2-lite/g)].map(([, region]) => region);
    assert.deepEqual(regions, served);
  });

  it('lets images expire by the same tag', () => {
    const { images } = of('resource').aws_s3_bucket_lifecycle_configuration;
    const [{ filter }] = images[0].dynamic.rule[0].content;
    assert.deepEqual(filter, [{ tag: Object.entries(unpickedTag).map(([key, value]) => ({ key, value })) }]);
  });

  it('takes a whole number of days only', () => {
    const [{ validation }] = of('variable').unpicked_days;
    assert.match(validation[0].condition, />= 1 && floor\(var\.unpicked_days\) == var\.unpicked_days/);
  });

  it('explains each variable in its README', () => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    const explained = [...readme.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    assert.deepEqual(
      explained,
      Object.keys(of('variable')).sort((a, b) => explained.indexOf(a) - explained.indexOf(b)),
    );
  });
});
