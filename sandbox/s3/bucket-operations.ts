import type { Bucket, BucketSettings } from './object-store.js';
import type { OperationInput, S3Answer } from './operations.js';
import { S3Error } from './s3-error.js';

type BucketInput = Pick<OperationInput, 'request' | 'store' | 'name' | 'region'>;

/** What is done with a bucket as a whole. */
export const bucketOperations = {
  /** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
  CreateBucket({ request, store, name, region }: BucketInput): S3Answer {
    const asked = /<LocationConstraint>([^<]*)<\/LocationConstraint>/.exec(request.body.toString())?.[1];
    // us-east-1 is the one Region that takes none, and that must not be named
    if (asked !== (region === 'us-east-1' ? undefined : region)) {
      throw new S3Error('IllegalLocationConstraintException');
    }
    if (!/^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) throw new S3Error('InvalidBucketName');
    store.create(name);
    return { status: 200, headers: { location: `/${name}` } };
  },
  PutPublicAccessBlock: (input: BucketInput) => keep(input, 'publicAccessBlock', /<PublicAccessBlockConfiguration /),
  PutBucketEncryption: (input: BucketInput) =>
    keep(input, 'encryption', /<SSEAlgorithm>(AES256|aws:kms)<\/SSEAlgorithm>/),
  PutBucketPolicy(input: BucketInput): S3Answer {
    try {
      JSON.parse(input.request.body.toString());
    } catch {
      throw new S3Error('MalformedPolicy');
    }
    return { ...keep(input, 'policy', /^\{/), status: 204 };
  },
  PutBucketLifecycleConfiguration(input: BucketInput): S3Answer {
    const rules = rulesOf(input.request.body.toString());
    if (rules.length === 0 || rules.some(({ isWhole }) => !isWhole)) throw new S3Error('MalformedXML');
    return keep(input, 'lifecycle', /<LifecycleConfiguration /);
  },
  GetBucketLifecycleConfiguration({ store, name }: BucketInput): S3Answer {
    const { lifecycle } = store.find(name).settings;
    if (lifecycle === undefined) throw new S3Error('NoSuchLifecycleConfiguration', { BucketName: name });
    return { status: 200, headers: { 'content-type': 'application/xml' }, body: Buffer.from(lifecycle) };
  },
};

function keep({ request, store, name }: BucketInput, setting: keyof BucketSettings, pattern: RegExp): S3Answer {
  const document = request.body.toString();
  if (!pattern.test(document)) throw new S3Error('MalformedXML');
  store.find(name).settings[setting] = document;
  return { status: 200, headers: {} };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html */
function rulesOf(lifecycle: string) {
  return [...lifecycle.matchAll(/<Rule>(.*?)<\/Rule>/gs)].map(([, rule = '']) => {
    const textOf = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(rule)?.[1];
    const days = Number(/<Expiration><Days>(\d+)<\/Days><\/Expiration>/.exec(rule)?.[1] ?? 0);
    const doesSomething = days > 0 || rule.includes('<AbortIncompleteMultipartUpload>');
    return {
      days,
      isEnabled: textOf('Status') === 'Enabled',
      key: textOf('Key'),
      value: textOf('Value') ?? '',
      isWhole: /<Filter>|<Filter\/>/.test(rule) && /^(Enabled|Disabled)$/.test(textOf('Status') ?? '') && doesSomething,
    };
  });
}

/** Deletes what the rules say is too old at that time. S3 does so once a day. */
export function applyLifecycle({ settings, all, delete: remove }: Bucket, now: Date): void {
  for (const { isEnabled, days, key, value } of rulesOf(settings.lifecycle ?? '')) {
    if (!isEnabled || days === 0) continue;
    const oldest = now.getTime() - days * 86_400_000;
    const matching = all().filter(({ tags }) => key === undefined || tags[key] === value);
    for (const object of matching) if (object.lastModified.getTime() < oldest) remove(object.key);
  }
}
