import { Validations } from 'aws-cdk-lib';
import { Port, SecurityGroup, SubnetType, type Vpc } from 'aws-cdk-lib/aws-ec2';
import { CfnParameterGroup, CfnReplicationGroup, CfnSubnetGroup } from 'aws-cdk-lib/aws-elasticache';
import type { Construct } from 'constructs';

/**
 * One small node with the policy that the queue needs: jobs must never be evicted. Serverless caches cannot be set so.
 * The bucket is the record, so losing the node loses the order of the line and nothing else: no replica, no snapshots.
 */
export function createValkey(scope: Construct, vpc: Vpc, tasks: SecurityGroup): { url: string } {
  const group = new SecurityGroup(scope, 'ValkeyAccess', {
    vpc,
    description: 'Valkey: only the tasks of the app reach it',
    allowAllOutbound: false,
  });
  group.addIngressRule(tasks, Port.tcp(6379), 'the app');
  const subnets = new CfnSubnetGroup(scope, 'ValkeySubnets', {
    description: 'Valkey of Imagine',
    subnetIds: vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_ISOLATED }).subnetIds,
  });
  const parameters = new CfnParameterGroup(scope, 'ValkeyParameters', {
    cacheParameterGroupFamily: 'valkey8',
    description: 'Jobs are never evicted',
    properties: { 'maxmemory-policy': 'noeviction' },
  });
  const valkey = new CfnReplicationGroup(scope, 'Valkey', {
    replicationGroupDescription: 'The queue of Imagine',
    engine: 'valkey',
    engineVersion: '8.0',
    cacheNodeType: 'cache.t4g.micro',
    clusterMode: 'disabled',
    numCacheClusters: 1,
    automaticFailoverEnabled: false,
    multiAzEnabled: false,
    snapshotRetentionLimit: 0,
    transitEncryptionEnabled: true,
    atRestEncryptionEnabled: true,
    cacheSubnetGroupName: subnets.ref,
    cacheParameterGroupName: parameters.ref,
    securityGroupIds: [group.securityGroupId],
  });
  Validations.of(valkey).acknowledge(
    {
      id: 'AwsSolutions-AEC3',
      reason: 'Both kinds of encryption are on; the rule knows the engine redis only.',
    },
    {
      id: 'AwsSolutions-AEC4',
      reason: 'One node: if it is lost, each task adds again what its jobs lack, from the bucket.',
    },
    { id: 'AwsSolutions-AEC5', reason: 'Only the tasks reach this port, whatever its number.' },
    {
      id: 'AwsSolutions-AEC6',
      reason: 'It has no way in from outside its network, and its security group admits the tasks only, over TLS.',
    },
  );
  return { url: `rediss://${valkey.attrPrimaryEndPointAddress}:${valkey.attrPrimaryEndPointPort}` };
}
