import { Validations } from 'aws-cdk-lib';
import {
  GatewayVpcEndpointAwsService,
  IpAddresses,
  type SubnetConfiguration,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';

/**
 * Two zones of public subnets, from which tasks reach Slack and Bedrock by an address of their own: a NAT gateway would cost
 * more than the task. S3 is reached by its gateway endpoint, which is free. Valkey gets subnets without a way out.
 * Nothing uses the VPC's default security group; README.md says how to close it all the same.
 */
export function createNetwork(scope: Construct, hasValkey: boolean): Vpc {
  const open: SubnetConfiguration = { name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 24 };
  const closed: SubnetConfiguration = { name: 'closed', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 };
  const vpc = new Vpc(scope, 'Network', {
    ipAddresses: IpAddresses.cidr('10.0.0.0/16'),
    maxAzs: 2,
    natGateways: 0,
    subnetConfiguration: hasValkey ? [open, closed] : [open],
    gatewayEndpoints: { S3: { service: GatewayVpcEndpointAwsService.S3 } },
  });
  Validations.of(vpc).acknowledge({
    id: 'AwsSolutions-VPC7',
    reason:
      'Nothing listens but the load balancer, if there is one. Flow logs would cost more than the traffic they list.',
  });
  return vpc;
}
