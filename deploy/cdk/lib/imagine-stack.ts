import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { createAlarms } from './alarms';
import { createNetwork } from './network';
import { createRights } from './policy';
import { createLoadBalancer, createService, createTaskAccess } from './service';
import type { Settings } from './settings';
import { createBucket } from './storage';
import { createValkey } from './valkey';

/** Everything that Imagine needs on AWS, but its tokens. It fits any account and Region: the CLI's own. */
export class ImagineStack extends Stack {
  constructor(scope: Construct, settings: Settings) {
    super(scope, settings.name, { description: 'Imagine: a Slack app that draws', stackName: settings.name });
    Tags.of(this).add('app', settings.name);
    const bucket = createBucket(this, settings.unpickedDays);
    const vpc = createNetwork(this, settings.hasValkey);
    const access = createTaskAccess(this, vpc);
    const valkey = settings.hasValkey ? createValkey(this, vpc, access) : undefined;
    const { service, logs } = createService(this, {
      settings,
      vpc,
      access,
      rights: createRights(this, bucket, settings),
      environment: { S3_BUCKET: bucket.bucketName, ...(valkey && { REDIS_URL: valkey.url }) },
    });
    createAlarms(this, { settings, service, logs });
    new CfnOutput(this, 'BucketName', { value: bucket.bucketName });
    new CfnOutput(this, 'LogGroupName', { value: logs.logGroupName });
    if (settings.access.mode === 'http') {
      const { certificateArn } = settings.access;
      const balancer = createLoadBalancer(this, { vpc, service, certificateArn });
      const description = 'Point your address here with a CNAME record';
      new CfnOutput(this, 'LoadBalancer', { value: balancer.loadBalancerDnsName, description });
    }
  }
}
