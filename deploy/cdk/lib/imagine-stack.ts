import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { createAlarms } from './alarms';
import { createNetwork } from './network';
import { createRights } from './policy';
import { createLoadBalancer, createService, createTaskAccess } from './service';
import type { Settings } from './settings';
import { createBucket } from './storage';
import { createValkey } from './valkey';

/** Everything that Imagine needs on AWS, except its tokens. It deploys to the CLI's account and Region. */
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
    new CfnOutput(this, 'BucketName', { value: bucket.bucketName });
    new CfnOutput(this, 'LogGroupName', { value: logs.logGroupName });
    new CfnOutput(this, 'ClusterName', { value: service.cluster.clusterName });
    new CfnOutput(this, 'ServiceName', { value: service.serviceName });
    const wayIn = settings.access.mode === 'http' ? createLoadBalancer(this, vpc, service, settings.access) : undefined;
    if (wayIn) {
      const description = 'Point your address here with a CNAME record';
      new CfnOutput(this, 'LoadBalancer', { value: wayIn.balancer.loadBalancerDnsName, description });
    }
    createAlarms(this, { settings, service, logs, wayIn });
  }
}
