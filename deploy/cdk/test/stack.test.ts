import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { CfnResource, type Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { maxTimeoutSeconds, repository, settingNames } from '../lib/settings';
import { check, explained, image, overHttp, synthesize } from './synthesize';

const small = synthesize();
const taskOf = (template = small) => {
  const [task] = Object.values(template.findResources('AWS::ECS::TaskDefinition'));
  return task?.Properties;
};
const containerOf = (template = small) => taskOf(template).ContainerDefinitions[0];

interface Statement {
  Sid: string;
}

/** As the template has it, with the bucket's name in place of the reference. */
function rightsOf(template = small): Statement[] {
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  const rights = policies.find(({ Properties }) => JSON.stringify(Properties.Roles).includes('TaskTaskRole'));
  const statements: Statement[] = rights?.Properties.PolicyDocument.Statement;
  const bucket = JSON.stringify(Object.keys(template.findResources('AWS::S3::Bucket')).map((Ref) => ({ Ref }))[0]);
  const account = '{"Ref":"AWS::AccountId"}';
  const text = JSON.stringify(statements).replaceAll(bucket, '"YOUR-BUCKET"').replaceAll(account, '"YOUR-ACCOUNT"');
  return JSON.parse(
    text.replaceAll(/\{"Fn::Join":\["",(\[[^\]]*\])\]\}/g, (_, parts) => JSON.stringify(JSON.parse(parts).join(''))),
  );
}

function policyStatements(...sids: string[]): Statement[] {
  const template = readFileSync(join(repository, 'deploy', 'policy.json'), 'utf8');
  const values: Record<string, string> = {
    bucket: 'YOUR-BUCKET',
    account: 'YOUR-ACCOUNT',
    bedrock_region: 'us-west-2',
  };
  const filled = template.replaceAll(/\$\{(\w+)\}/g, (_, name) => values[name] ?? '');
  const { Statement }: { Statement: Statement[] } = JSON.parse(filled);
  return Statement.filter(({ Sid }) => sids.includes(Sid));
}

const base = ['StoreImages', 'FindOpenWorkAndTellMissingFromForbidden', 'Draw'];
const usual = [...base, 'WorkFromImages', 'ReadPosts', 'WritePrompts'];

describe('the bucket', () => {
  it('is private, encrypted, for TLS only, and stays if the stack is deleted', () => {
    small.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        BucketEncryption: Match.anyValue(),
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
    small.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ]),
      },
    });
  });

  it('keeps every image unless unpickedDays is set, and then those that were picked', () => {
    const rules = (template = small) => JSON.stringify(template.findResources('AWS::S3::Bucket'));
    assert.doesNotMatch(rules(), /ExpirationInDays/);
    synthesize({ unpickedDays: '30' }).hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: Match.arrayWith([
          {
            Id: 'expire-unpicked-images',
            Status: 'Enabled',
            ExpirationInDays: 30,
            TagFilters: [{ Key: 'imagine', Value: 'unpicked' }],
          },
        ]),
      },
    });
    const environmentOf = (template = small) => JSON.stringify(containerOf(template).Environment);
    assert.doesNotMatch(environmentOf(), /TAG_IMAGES/);
    assert.match(environmentOf(synthesize({ unpickedDays: '30' })), /"Name":"TAG_IMAGES","Value":"on"/);
  });
});

describe('the rights of the app', () => {
  it('are exactly the policy that the documents show', () => {
    assert.deepEqual(rightsOf(), policyStatements(...usual));
  });

  it('are fewer if Comprehend and the image services are not used', () => {
    const environment = { POST_ANALYSIS: 'off', IMAGE_OPERATIONS: 'none', PROMPT_MODEL: 'off' };
    assert.deepEqual(rightsOf(synthesize({ environment })), policyStatements(...base));
  });

  it('include tags if images expire', () => {
    assert.deepEqual(rightsOf(synthesize({ unpickedDays: 30 })), policyStatements(...usual, 'TagImages'));
  });

  it('include further models by their ARNs, in place of the text model that the policy names', () => {
    const profile = 'arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.amazon.nova-lite-v1:0';
    const model = 'arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0';
    const environment = { PROMPT_MODEL: 'eu.amazon.nova-lite-v1:0', BEDROCK_REGION: 'eu-west-1' };
    const rights = rightsOf(synthesize({ environment, modelArns: `${profile}, ${model}` }));
    assert.deepEqual(rights.at(-1), {
      Sid: 'UseFurtherModels',
      Effect: 'Allow',
      Action: 'bedrock:InvokeModel',
      Resource: [profile, model],
    });
    assert.ok(rights.every(({ Sid }) => Sid !== 'WritePrompts'));
  });

  it('are held against the models that the settings name', () => {
    const fits = ['ultra', 'sd3.5', 'openai-flare', 'gpt-image-2.5-flare', 'stability.sd3-5-large-v1:0'];
    for (const IMAGE_MODEL of fits) assert.doesNotThrow(() => synthesize({ environment: { IMAGE_MODEL } }));
    assert.deepEqual(rightsOf(synthesize({ environment: { PROMPT_MODEL: '' } })), policyStatements(...usual));
    const modelArns = 'arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-canvas-v1:0';
    const retired = { IMAGE_MODEL: 'amazon.nova-canvas-v1:0' };
    assert.doesNotThrow(() => synthesize({ environment: retired, modelArns }));
    const wrong: [Record<string, string>, RegExp][] = [
      [{ PROMPT_MODEL: 'eu.amazon.nova-lite-v1:0' }, /^Error: modelArns: .* PROMPT_MODEL eu\.amazon/],
      [{ PROMPT_MODEL: 'amazon.nova-2-lite-v1:0' }, /^Error: modelArns: /], // without its profile
      [{ PROMPT_MODEL: 'nova-lite' }, /^Error: modelArns: /],
      [{ PROMPT_MODEL: 'off ' }, /^Error: modelArns: /],
      [{ IMAGE_MODEL: 'nova' }, /^Error: modelArns: .* IMAGE_MODEL nova/],
      [{ BEDROCK_REGION: 'eu-west-1' }, /^Error: environment: us\.amazon.* eu-west-1\. Set PROMPT_MODEL/],
    ];
    for (const [environment, message] of wrong) {
      assert.throws(() => synthesize({ environment, modelArns }), message);
    }
    assert.throws(() => synthesize({ environment: retired }), /^Error: modelArns: .* IMAGE_MODEL amazon/);
  });

  it('include the one guardrail that is set, in the Region of the models', () => {
    const arn = 'arn:aws:bedrock:us-west-2:123456789012:guardrail/abc123';
    const environment = { GUARDRAIL_ID: arn, GUARDRAIL_VERSION: '1' };
    assert.deepEqual(rightsOf(synthesize({ environment })).at(-1), {
      Sid: 'CheckPrompts',
      Effect: 'Allow',
      Action: 'bedrock:ApplyGuardrail',
      Resource: arn,
    });
  });
});

describe('the task', () => {
  it('runs on ARM64 with a read-only disk, no capabilities, an init process and a health check', () => {
    assert.deepEqual(taskOf().RuntimePlatform, { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' });
    const { ReadonlyRootFilesystem, LinuxParameters, HealthCheck, Image } = containerOf();
    assert.deepEqual(
      [Image, ReadonlyRootFilesystem, LinuxParameters, HealthCheck.Command],
      [image, true, { InitProcessEnabled: true, Capabilities: { Drop: ['ALL'] } }, ['CMD', 'node', 'health-check.mjs']],
    );
  });

  it('stops within the time that Fargate gives it', () => {
    const { StopTimeout, Environment } = containerOf();
    const settings: { Name: string; Value: string }[] = Environment;
    const timeout = Number(settings.find(({ Name }) => Name === 'GENERATION_TIMEOUT_SECONDS')?.Value);
    assert.ok(StopTimeout <= 120 && timeout > 0);
    assert.ok(timeout + 30 < StopTimeout);
    for (const GENERATION_TIMEOUT_SECONDS of [120, 'abc', 0]) {
      assert.throws(() => synthesize({ environment: { GENERATION_TIMEOUT_SECONDS } }), /Fargate waits no longer/);
    }
  });

  it('gets its tokens from secure parameters, or from one secret', () => {
    const secrets = (template = small) => JSON.stringify(containerOf(template).Secrets);
    assert.match(secrets(), /:parameter\/imagine\/SLACK_BOT_TOKEN.*:parameter\/imagine\/SLACK_APP_TOKEN/);
    const secretArn = 'arn:aws:secretsmanager:us-west-2:123456789012:secret:tokens-a1B2c3';
    const managed = secrets(synthesize({ secretArn, openai: true }));
    assert.match(managed, /:secret:tokens-a1B2c3:SLACK_BOT_TOKEN::.*:secret:tokens-a1B2c3:OPENAI_API_KEY::/);
    assert.doesNotMatch(JSON.stringify(containerOf().Environment), /TOKEN|SECRET|KEY/);
    const leaks = ['SLACK_BOT_TOKEN', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'OPENAI_ADMIN_KEY'];
    for (const name of [...leaks, 'OTEL_EXPORTER_OTLP_HEADERS']) {
      assert.throws(
        () => synthesize({ environment: { [name]: 'x' } }),
        new RegExp(`leave out ${name}\\. Store secrets`),
      );
    }
  });

  it('cannot be reached from outside in Socket Mode: no inbound rule, no load balancer, no open port', () => {
    small.resourceCountIs('AWS::EC2::SecurityGroup', 1);
    small.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    small.allResourcesProperties('AWS::EC2::SecurityGroup', { SecurityGroupIngress: Match.absent() });
    small.resourceCountIs('AWS::ElasticLoadBalancingV2::LoadBalancer', 0);
    assert.equal(containerOf().PortMappings, undefined);
  });

  it('reaches Slack from a public subnet, and S3 by the free endpoint, without a NAT gateway', () => {
    small.hasResourceProperties('AWS::ECS::Service', {
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'ENABLED' } },
    });
    small.resourceCountIs('AWS::EC2::NatGateway', 0);
    small.hasResourceProperties('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' });
  });

  it('starts when it can reach the network and read its tokens, and stops before that is taken away', () => {
    const [service] = Object.values(small.findResources('AWS::ECS::Service'));
    const first: string[] = service?.DependsOn;
    for (const resource of ['DefaultRoute', 'NetworkVPCGW', 'TaskExecutionRoleDefaultPolicy', 'AppRights']) {
      assert.ok(
        first.some((id) => id.includes(resource)),
        resource,
      );
    }
  });
});

describe('over HTTP', () => {
  const template = synthesize(overHttp);

  it('a load balancer passes one path over TLS and answers 404 to all others', () => {
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::Listener', 1);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::Listener', {
      Port: 443,
      Protocol: 'HTTPS',
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    });
    template.resourceCountIs('AWS::ElasticLoadBalancingV2::ListenerRule', 1);
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::ListenerRule', {
      Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/slack/events'] } }],
    });
    template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { HealthCheckPath: '/healthz' });
  });

  it('only the load balancer reaches the task', () => {
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 3000,
      SourceSecurityGroupId: Match.objectLike({ 'Fn::GetAtt': [Match.stringLikeRegexp('^BalancerAccess'), 'GroupId'] }),
    });
    assert.match(JSON.stringify(containerOf(template).Secrets), /SLACK_SIGNING_SECRET/);
  });
});

describe('Valkey', () => {
  const template = synthesize({ valkey: 'true', tasks: '3' });

  it('never evicts a job, and speaks TLS to the tasks only', () => {
    template.hasResourceProperties('AWS::ElastiCache::ParameterGroup', {
      Properties: { 'maxmemory-policy': 'noeviction' },
    });
    template.hasResourceProperties('AWS::ElastiCache::ReplicationGroup', {
      Engine: 'valkey',
      ClusterMode: 'disabled',
      TransitEncryptionEnabled: true,
    });
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    template.hasResourceProperties('AWS::ECS::Service', { DesiredCount: 3 });
    assert.match(JSON.stringify(containerOf(template).Environment), /"REDIS_URL".*rediss:/);
  });

  it('is what several tasks need', () => {
    assert.throws(() => synthesize({ tasks: 2 }), /tasks: several tasks need a queue/);
  });
});

describe('the alarms', () => {
  const alarms = (template = small) =>
    Object.keys(template.findResources('AWS::CloudWatch::Alarm')).map((id) => id.slice(0, -8));

  it('watch the tasks, the models, the quota, the oldest image and the log, and Valkey if there is one', () => {
    const names = ['NoTask', 'NoModel', 'Throttled', 'OldestImage', 'Errors'];
    assert.deepEqual(alarms(), names);
    assert.deepEqual(alarms(synthesize({ valkey: true })), names.toSpliced(4, 0, 'NoRedis'));
    small.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: Match.anyValue() });
  });

  it('watch the load balancer too, over HTTP', () => {
    const template = synthesize(overHttp);
    assert.deepEqual(alarms(template).slice(-2), ['NotPassedOn', 'Unhealthy']);
    for (const MetricName of ['HTTPCode_ELB_5XX_Count', 'UnHealthyHostCount']) {
      template.hasResourceProperties('AWS::CloudWatch::Alarm', { Namespace: 'AWS/ApplicationELB', MetricName });
    }
  });

  it('fire if there is no task to send anything', () => {
    small.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'CPUUtilization',
      Statistic: 'SampleCount',
      TreatMissingData: 'breaching',
    });
  });

  it('may be published to their topic, by this account only', () => {
    small.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
  });

  it('are sent to the address that is set', () => {
    small.resourceCountIs('AWS::SNS::Subscription', 0);
    synthesize({ alarmEmail: 'ops@example.com' }).hasResourceProperties('AWS::SNS::Subscription', {
      Endpoint: 'ops@example.com',
    });
  });

  it('count the lines that docs/operation.md and the code of the app name', () => {
    const patterns = Object.values(small.findResources('AWS::Logs::MetricFilter')).map(
      ({ Properties }) => Properties.FilterPattern,
    );
    assert.deepEqual(patterns, [
      '{ $.msg = "image stored" }',
      '{ $.msg = "image failed" }',
      '{ ($.msg = "image failed") && (($.reason = "denied") || ($.reason = "retired")) }',
      '{ ($.msg = "image failed") && ($.reason = "throttled") }',
      '{ $.msg = "images wait" }',
      '{ ($.level >= 50) && ($.msg != "image failed") && ($.msg != "operations not offered for an hour") && ($.msg != "redis does not answer; images wait") }',
    ]);
  });
});

describe('the checks of AWS Solutions', () => {
  it('stop what is not explained', () => {
    assert.throws(() => check({}, (stack) => new Bucket(stack, 'Careless')), /Validation failed/);
  });

  it("are joined by CloudFormation's own schemas", () => {
    const properties = { RetentionInDays: 30, Retention: 30 };
    const misspelled = (stack: Stack) =>
      new CfnResource(stack, 'Misspelled', { type: 'AWS::Logs::LogGroup', properties });
    assert.throws(() => check({}, misspelled), /Validation failed/);
  });

  it('find nothing but what is explained, in each form of the stack', () => {
    const environment = { GUARDRAIL_ID: 'abc123', GUARDRAIL_VERSION: '1' };
    check({});
    check({ ...overHttp, valkey: true, tasks: 2, unpickedDays: 30, openai: true, environment });
  });

  it('are explained for these rules only', () => {
    assert.deepEqual(explained(), [
      'S1', // no access log of the bucket
      'VPC7', // no flow log
      'IAM5[Resource::arn:aws:s3:::<Images2D38C313>/*]', // every object of the bucket
      'IAM5[Resource::*]', // Comprehend
      'IAM5[Resource::arn:aws:bedrock:us-west-2:<AWS::AccountId>:inference-profile/us.stability.*]', // image services
      'IAM5[Resource::arn:aws:bedrock:us-east-1::foundation-model/stability.*]',
      'IAM5[Resource::arn:aws:bedrock:us-east-2::foundation-model/stability.*]',
      'IAM5[Resource::arn:aws:bedrock:us-west-2::foundation-model/stability.*]',
      'ECS4', // no Container Insights
      'ECS2', // plain settings
      'IAM5[Resource::*]', // the login to ECR
    ]);
    const all = explained({ ...overHttp, valkey: true });
    const http = ['EC23', 'ELB2']; // open to the world; no access log
    const valkey = ['AEC3', 'AEC4', 'AEC5', 'AEC6']; // an unknown engine, one node, the default port, no password
    assert.deepEqual([...all].sort(), [...explained(), ...http, ...valkey].sort());
  });
});

describe('settings', () => {
  it('that cannot work are refused by name', () => {
    const wrong: [Record<string, unknown>, RegExp][] = [
      [{ mode: 'http' }, /^Error: certificateArn: /],
      [{ mode: 'http', certificateArn: 'arn:foo' }, /^Error: certificateArn: /],
      [{ secretArn: 'tokens' }, /^Error: secretArn: /],
      [{ mode: 'webhook' }, /^Error: mode: /],
      [{ name: 'Imagine!' }, /^Error: name: use .* lowercase letters/],
      [{ nmae: 'imagine' }, /^Error: nmae: there is no such setting/],
      [{ region: 'eu-west-1' }, /^Error: region: there is no such setting/],
      [{ environment: '{bad' }, /^Error: environment: set a JSON object/],
      [{ environment: ['PREVIEW_LAYOUT'] }, /^Error: environment: set a JSON object/],
      [{ environment: { PREVEIW_LAYOUT: 'carousel' } }, /^Error: environment: the app has no setting PREVEIW_LAYOUT/],
      [{ environment: { LOG_LEVEL: 'warn' } }, /^Error: environment: .* LOG_LEVEL/],
      [{ environment: { GUARDRAIL_ID: 'abc123' } }, /^Error: environment: .* GUARDRAIL_VERSION/],
      [{ environment: { GUARDRAIL_VERSION: '1' } }, /^Error: environment: .* GUARDRAIL_ID/],
      [{ modelArns: 'us.amazon.nova-lite-v1:0' }, /^Error: modelArns: set ARNs/],
      [{ cpu: 300 }, /^Error: cpu: /],
      [{ memoryMiB: 8192 }, /^Error: memoryMiB: set a whole number from 512 to 2048/],
      [{ cpu: 1024, memoryMiB: 2500 }, /^Error: memoryMiB: .* multiple of 1024/],
      [{ tasks: 'many' }, /^Error: tasks: /],
      [{ unpickedDays: 0 }, /^Error: unpickedDays: /],
      [{ logDays: 31 }, /^Error: logDays: /],
      [{ valkey: 'yes' }, /^Error: valkey: /],
    ];
    for (const [settings, message] of wrong) assert.throws(() => synthesize(settings), message);
  });

  it('that are empty count as not set', () => {
    const empty = Object.fromEntries(settingNames.map((name) => [name, '']));
    assert.deepEqual(synthesize({ ...empty, image }).toJSON(), small.toJSON());
  });

  it('of the SDKs that the app uses may be set too', () => {
    assert.doesNotThrow(() =>
      synthesize({ environment: '{"NODE_OPTIONS":"--import x","OTEL_SERVICE_NAME":"imagine"}' }),
    );
  });

  it('are explained in README.md, each of them', () => {
    const readme = readFileSync(join(repository, 'deploy', 'cdk', 'README.md'), 'utf8');
    assert.match(readme, new RegExp(`GENERATION_TIMEOUT_SECONDS\` is ${maxTimeoutSeconds} here`));
    const rows = [...readme.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell]) => cell?.match(/\w+/g) ?? []);
    for (const name of settingNames) assert.ok(rows.includes(name), `${name} is explained`);
  });
});
