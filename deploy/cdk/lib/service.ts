import { Duration, RemovalPolicy, type Stack, Validations } from 'aws-cdk-lib';
import { SecurityGroup, type Vpc } from 'aws-cdk-lib/aws-ec2';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import {
  Capability,
  Cluster,
  ContainerImage,
  CpuArchitecture,
  FargateService,
  FargateTaskDefinition,
  LinuxParameters,
  LogDrivers,
  OperatingSystemFamily,
  Secret,
} from 'aws-cdk-lib/aws-ecs';
import {
  ApplicationLoadBalancer,
  ApplicationProtocol,
  type ApplicationTargetGroup,
  ListenerAction,
  ListenerCertificate,
  ListenerCondition,
  SslPolicy,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { Policy } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Secret as ManagedSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { maxTimeoutSeconds, repository, type Settings } from './settings';

const port = 3000;
/** Fargate's limit. */
const stopSeconds = 120;

interface ServiceOptions {
  settings: Settings;
  vpc: Vpc;
  access: SecurityGroup;
  rights: Policy;
  environment: Record<string, string>;
}

/** No inbound rule: in Socket Mode nothing listens to the network. */
export function createTaskAccess(stack: Stack, vpc: Vpc): SecurityGroup {
  return new SecurityGroup(stack, 'TaskAccess', { vpc, description: 'Imagine: out to Slack and AWS, nothing in' });
}

export function createService(stack: Stack, options: ServiceOptions): { service: FargateService; logs: LogGroup } {
  const { settings, vpc, access, rights } = options;
  const logs = new LogGroup(stack, 'Logs', {
    retention: settings.logDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const cluster = new Cluster(stack, 'Cluster', { vpc });
  Validations.of(cluster).acknowledge({
    id: 'AwsSolutions-ECS4',
    reason: 'Container Insights bills each metric. The alarms use metrics of ECS that are free, and the log.',
  });
  const task = createTask(stack, options, logs);
  rights.attachToRole(task.taskRole);
  const isHttp = settings.access.mode === 'http';
  const service = new FargateService(stack, 'Service', {
    cluster,
    taskDefinition: task,
    desiredCount: settings.tasks,
    assignPublicIp: true,
    securityGroups: [access],
    circuitBreaker: { rollback: true },
    // The new task starts before the old one stops; no image is drawn twice.
    minHealthyPercent: 100,
    maxHealthyPercent: 200,
    ...(isHttp && { healthCheckGracePeriod: Duration.seconds(60) }),
  });
  // At start, the task reads its tokens and the app tries Slack and the bucket.
  service.node.addDependency(vpc, task.obtainExecutionRole(), rights);
  return { service, logs };
}

function createTask(stack: Stack, options: ServiceOptions, logGroup: LogGroup): FargateTaskDefinition {
  const { settings } = options;
  const linuxParameters = new LinuxParameters(stack, 'Init', { initProcessEnabled: true });
  linuxParameters.dropCapabilities(Capability.ALL);
  const task = new FargateTaskDefinition(stack, 'Task', {
    cpu: settings.cpu,
    memoryLimitMiB: settings.memoryMiB,
    runtimePlatform: { cpuArchitecture: CpuArchitecture.ARM64, operatingSystemFamily: OperatingSystemFamily.LINUX },
  });
  task.addContainer('App', {
    image: settings.image
      ? ContainerImage.fromRegistry(settings.image)
      : ContainerImage.fromAsset(repository, { platform: Platform.LINUX_ARM64 }),
    environment: {
      AWS_REGION: stack.region,
      GENERATION_TIMEOUT_SECONDS: String(maxTimeoutSeconds),
      ...(settings.access.mode === 'socket'
        ? { HEALTH_PORT: String(port), HEALTH_HOST: '127.0.0.1' }
        : { PORT: String(port) }),
      ...(settings.unpickedDays !== undefined && { TAG_IMAGES: 'on' }),
      ...options.environment,
      ...settings.environment,
    },
    secrets: createSecrets(stack, settings),
    logging: LogDrivers.awsLogs({ logGroup, streamPrefix: 'app' }),
    ...(settings.access.mode === 'http' && { portMappings: [{ containerPort: port }] }),
    healthCheck: {
      command: ['CMD', 'node', 'health-check.mjs'], // ECS does not look at the image's own
      interval: Duration.seconds(30),
      timeout: Duration.seconds(10),
      startPeriod: Duration.seconds(60),
    },
    linuxParameters,
    readonlyRootFilesystem: true,
    stopTimeout: Duration.seconds(stopSeconds),
  });
  Validations.of(task).acknowledge(
    { id: 'AwsSolutions-ECS2', reason: 'Plain settings; every token comes from SSM or Secrets Manager.' },
    { id: 'AwsSolutions-IAM5[Resource::*]', reason: 'To log in to ECR, which knows no resources for that.' },
  );
  return task;
}

/** The app's tokens. They exist before the stack: CloudFormation cannot make secure parameters, and must not see them. */
function createSecrets(stack: Stack, { name, access, secretArn, hasOpenAiKey }: Settings): Record<string, Secret> {
  const wayIn = access.mode === 'socket' ? 'SLACK_APP_TOKEN' : 'SLACK_SIGNING_SECRET';
  const names = ['SLACK_BOT_TOKEN', wayIn, ...(hasOpenAiKey ? ['OPENAI_API_KEY'] : [])];
  const managed = secretArn && ManagedSecret.fromSecretCompleteArn(stack, 'Tokens', secretArn);
  const read = (variable: string): Secret => {
    if (managed) return Secret.fromSecretsManager(managed, variable);
    const attributes = { parameterName: `/${name}/${variable}` };
    return Secret.fromSsmParameter(StringParameter.fromSecureStringParameterAttributes(stack, variable, attributes));
  };
  return Object.fromEntries(names.map((variable) => [variable, read(variable)]));
}

export interface WayIn {
  balancer: ApplicationLoadBalancer;
  targets: ApplicationTargetGroup;
}

/** Slack reaches one path over TLS; the health checks and /metrics stay inside. */
export function createLoadBalancer(
  stack: Stack,
  vpc: Vpc,
  service: FargateService,
  { certificateArn }: { certificateArn: string },
): WayIn {
  const balancerAccess = new SecurityGroup(stack, 'BalancerAccess', {
    vpc,
    description: 'Load balancer of Imagine: Slack in, the app out',
    allowAllOutbound: false,
  });
  const balancer = new ApplicationLoadBalancer(stack, 'Balancer', {
    vpc,
    internetFacing: true,
    securityGroup: balancerAccess,
    dropInvalidHeaderFields: true,
  });
  const listener = balancer.addListener('Https', {
    port: 443,
    protocol: ApplicationProtocol.HTTPS,
    sslPolicy: SslPolicy.RECOMMENDED_TLS,
    certificates: [ListenerCertificate.fromArn(certificateArn)],
    defaultAction: ListenerAction.fixedResponse(404),
  });
  const targets = listener.addTargets('App', {
    priority: 1,
    conditions: [ListenerCondition.pathPatterns(['/slack/events'])],
    port,
    protocol: ApplicationProtocol.HTTP,
    targets: [service],
    // Not /readyz: while Slack or Redis is away, replacing tasks would not help, and users should read why.
    healthCheck: { path: '/healthz', interval: Duration.seconds(15), healthyThresholdCount: 2 },
    deregistrationDelay: Duration.seconds(10), // Slack wants its answers within three seconds
  });
  Validations.of(balancerAccess).acknowledge({
    id: 'AwsSolutions-EC23',
    reason: 'Slack publishes no list of its addresses. The app checks the signature of every request.',
  });
  Validations.of(balancer).acknowledge({
    id: 'AwsSolutions-ELB2',
    reason: 'Access logs need a second bucket. The app logs what it refuses.',
  });
  return { balancer, targets };
}
