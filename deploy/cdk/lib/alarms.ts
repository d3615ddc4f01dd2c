import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type CreateAlarmOptions,
  Dashboard,
  GraphWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  type Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import { HttpCodeElb } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterPattern, type IFilterPattern, type LogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { WayIn } from './service';
import type { Settings } from './settings';

interface Watched {
  settings: Settings;
  service: FargateService;
  logs: LogGroup;
  /** Over HTTP only. */
  wayIn: WayIn | undefined;
}

/** What docs/operation.md says to watch, from the free metrics of ECS and from the log, and a page that shows it. */
export function createAlarms(scope: Construct, watched: Watched): void {
  const { settings, service, wayIn } = watched;
  const topic = new Topic(scope, 'AlarmTopic', { enforceSSL: true });
  // A topic with a policy of its own no longer lets the account's alarms in by default.
  const ownAccount = { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } };
  topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com', { conditions: ownAccount }));
  if (settings.alarmEmail) topic.addSubscription(new EmailSubscription(settings.alarmEmail));
  const events = countEvents(scope, watched);
  // Each running task sends one sample a minute: their number, without the price of Container Insights.
  const running = service.metricCpuUtilization({ statistic: Stats.SAMPLE_COUNT, period: Duration.minutes(1) });

  function alarm(id: string, alarmDescription: string, metric: Metric, options: CreateAlarmOptions): void {
    const created = new Alarm(scope, id, {
      metric,
      alarmDescription,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...options,
    });
    created.addAlarmAction(new SnsAction(topic));
    created.addOkAction(new SnsAction(topic));
  }

  alarm('NoTask', 'No task runs, so users get no answer. Look at the stopped tasks and the log.', running, {
    threshold: 1,
    comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: 5,
    treatMissingData: TreatMissingData.BREACHING,
  });
  const noModel = 'Bedrock denied access to a model, or the model was retired. Run the doctor: deploy/cdk/README.md.';
  alarm('NoModel', noModel, events.refused, { threshold: 1, evaluationPeriods: 1 });
  const throttled = 'Bedrock throttles images: BEDROCK_REQUESTS_PER_MINUTE is above the quota of the account.';
  alarm('Throttled', throttled, events.throttled, { threshold: 5, evaluationPeriods: 1 });
  const oldest = 'An image has waited for more than eleven minutes, so the queue is stuck.';
  alarm('OldestImage', oldest, events.oldest, { threshold: 660, evaluationPeriods: 1 });
  if (events.redisAway) {
    const noRedis = 'Valkey does not answer: requests are refused, and images wait.';
    alarm('NoRedis', noRedis, events.redisAway, { threshold: 1, evaluationPeriods: 1 });
  }
  const errors = 'The app logged an error; if it cannot start, that says why. Look at the dashboard.';
  alarm('Errors', errors, events.errors, { threshold: 1, evaluationPeriods: 1 });
  if (wayIn) {
    const sum = { statistic: Stats.SUM, period: Duration.minutes(5) };
    const notPassed =
      'The load balancer could not pass a request on, so Slack told a user that the app did not respond.';
    const failed = wayIn.balancer.metrics.httpCodeElb(HttpCodeElb.ELB_5XX_COUNT, sum);
    alarm('NotPassedOn', notPassed, failed, { threshold: 1, evaluationPeriods: 1 });
    const unhealthy = 'A task does not answer its health check.';
    const hosts = wayIn.targets.metrics.unhealthyHostCount({ statistic: Stats.MAXIMUM, period: Duration.minutes(1) });
    alarm('Unhealthy', unhealthy, hosts, { threshold: 1, evaluationPeriods: 5 });
  }
  createDashboard(scope, watched, running, events);
}

/** `failed` for these reasons; `test/deploy` holds the events and reasons against the code that logs them. */
function failedFor(...reasons: string[]): IFilterPattern {
  const any = reasons.map((reason) => FilterPattern.stringValue('$.reason', '=', reason));
  return FilterPattern.all(isEvent('image failed'), FilterPattern.any(...any));
}

const isEvent = (event: string) => FilterPattern.stringValue('$.msg', '=', event);
const isNotEvent = (event: string) => FilterPattern.stringValue('$.msg', '!=', event);

/** Errors, without those for which other alarms fire. */
const isUnexpected = FilterPattern.all(
  FilterPattern.numberValue('$.level', '>=', 50),
  isNotEvent('image failed'), // an error if denied or retired, like the next
  isNotEvent('operations not offered for an hour'),
  isNotEvent('redis does not answer; images wait'),
);

/** Metrics from the lines of the log: docs/operation.md. Their first ten are free. */
function countEvents(scope: Construct, { settings, logs }: Watched) {
  const { name, hasValkey } = settings;
  function count(metricName: string, filterPattern: IFilterPattern, statistic: string = Stats.SUM, metricValue = '1') {
    const id = `Count${metricName}`;
    const filter = new MetricFilter(scope, id, {
      logGroup: logs,
      metricNamespace: `Imagine/${name}`,
      metricName,
      filterPattern,
      metricValue,
    });
    return filter.metric({ statistic, period: Duration.minutes(5) });
  }
  return {
    stored: count('ImagesStored', isEvent('image stored')),
    failed: count('ImagesFailed', isEvent('image failed')),
    refused: count('ImagesDenied', failedFor('denied', 'retired')),
    throttled: count('ImagesThrottled', failedFor('throttled')),
    oldest: count('OldestImageSeconds', isEvent('images wait'), Stats.MAXIMUM, '$.oldestSeconds'),
    errors: count('Errors', isUnexpected),
    redisAway: hasValkey ? count('RedisAway', isEvent('redis does not answer; images wait')) : undefined,
  };
}

type Events = ReturnType<typeof countEvents>;

function createDashboard(
  scope: Construct,
  { settings, service, logs }: Watched,
  running: Metric,
  events: Events,
): void {
  const graph = (title: string, left: Metric[]) => new GraphWidget({ title, left, width: 8, leftYAxis: { min: 0 } });
  const dashboard = new Dashboard(scope, 'Dashboard', { dashboardName: `${settings.name}-${Stack.of(scope).region}` });
  dashboard.addWidgets(
    graph('Images', [events.stored, events.failed]),
    graph('Denied, retired, throttled', [events.refused, events.throttled]),
    graph('Oldest waiting image, seconds', [events.oldest]),
    graph('Running tasks', [running]),
    graph('CPU and memory, percent', [service.metricCpuUtilization(), service.metricMemoryUtilization()]),
    graph('Errors', [events.errors]),
    new LogQueryWidget({
      title: 'Warnings and errors',
      logGroupNames: [logs.logGroupName],
      view: LogQueryVisualizationType.TABLE,
      width: 24,
      queryLines: [
        'fields time, msg, reason, error.message, reference',
        'filter level >= 40',
        'sort @timestamp desc',
        'limit 50',
      ],
    }),
  );
}
