import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** What can be chosen with `-c name=value`, or under `context` in cdk.json; README.md explains each. */
export interface Settings {
  /** Of the stack, and of the folder of its secrets. */
  name: string;
  /** In a registry. Without it, the Dockerfile of this repository is built when the stack is deployed. */
  image: string | undefined;
  /** How Slack reaches the app. Over HTTP there is a load balancer, with this certificate. */
  access: { mode: 'socket' } | { mode: 'http'; certificateArn: string };
  /** One secret in Secrets Manager with every token. Without it, each is a parameter of its own in SSM. */
  secretArn: string | undefined;
  hasOpenAiKey: boolean;
  /** More of the app's settings: docs/settings.md. */
  environment: Readonly<Record<string, string>>;
  /** Images that were not chosen are deleted after this many days; left out, they are kept. */
  unpickedDays: number | undefined;
  tasks: number;
  hasValkey: boolean;
  cpu: number;
  memoryMiB: number;
  logDays: RetentionDays;
  alarmEmail: string | undefined;
}

/** GENERATION_TIMEOUT_SECONDS: a stopping app takes it and half a minute more (docs/operation.md), and Fargate gives it 120 s. */
export const maxTimeoutSeconds = 85;

/** The value of a context key: text if it came from the command line. */
type Read = (key: string) => unknown;

export function readSettings(read: Read): Settings {
  const name = readText(read, 'name') ?? 'imagine';
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name)) throw new Error('name: set small letters, digits and hyphens.');
  const hasValkey = readFlag(read, 'valkey');
  const tasks = readNumber(read, 'tasks', { min: 1, max: 10 }) ?? 1;
  if (tasks > 1 && !hasValkey)
    throw new Error('tasks: several tasks need a queue that they share. Set valkey=true too.');
  const logDays = readNumber(read, 'logDays', { min: 1, max: 3653 }) ?? RetentionDays.ONE_MONTH;
  if (!(logDays in RetentionDays)) throw new Error('logDays: CloudWatch knows 1, 3, 5, 7, 14, 30, 60, 90, 180, 365.');
  return {
    name,
    image: readText(read, 'image'),
    access: readAccess(read),
    secretArn: readText(read, 'secretArn'),
    hasOpenAiKey: readFlag(read, 'openai'),
    environment: readEnvironment(read('environment')),
    unpickedDays: readNumber(read, 'unpickedDays', { min: 1, max: 3650 }),
    tasks,
    hasValkey,
    cpu: readNumber(read, 'cpu', { min: 256, max: 4096 }) ?? 256,
    memoryMiB: readNumber(read, 'memoryMiB', { min: 512, max: 30_720 }) ?? 512,
    logDays,
    alarmEmail: readText(read, 'alarmEmail'),
  };
}

function readText(read: Read, key: string): string | undefined {
  const value = read(key) ?? '';
  if (typeof value !== 'string') throw new Error(`${key}: set a text.`);
  return value === '' ? undefined : value;
}

function readNumber(read: Read, key: string, { min, max }: { min: number; max: number }): number | undefined {
  const value = read(key);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (Number.isInteger(number) && number >= min && number <= max) return number;
  throw new Error(`${key}: set a whole number from ${min} to ${max}.`);
}

function readFlag(read: Read, key: string): boolean {
  const value = String(read(key) ?? false);
  if (value !== 'true' && value !== 'false') throw new Error(`${key}: set true or false.`);
  return value === 'true';
}

function readAccess(read: Read): Settings['access'] {
  const mode = readText(read, 'mode') ?? 'socket';
  if (mode === 'socket') return { mode };
  if (mode !== 'http') throw new Error('mode: set socket or http.');
  const certificateArn = readText(read, 'certificateArn');
  if (certificateArn?.startsWith('arn:')) return { mode, certificateArn };
  throw new Error('certificateArn: over HTTP, set the ARN of a certificate in ACM for your address.');
}

/** The stack sets these, or they are secrets. */
const notPlain = [
  'SLACK_BOT_TOKEN',
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'OPENAI_API_KEY',
  'S3_BUCKET',
  'AWS_REGION',
  'REDIS_URL',
  'PORT',
  'HEALTH_PORT',
  'HEALTH_HOST',
  'TAG_IMAGES',
];

function readEnvironment(value: unknown): Record<string, string> {
  const given: unknown = typeof value === 'string' ? JSON.parse(value) : (value ?? {});
  if (typeof given !== 'object' || given === null) throw new Error('environment: set an object of texts.');
  const wrong = Object.keys(given).find((name) => notPlain.includes(name));
  if (wrong) throw new Error(`environment: leave out ${wrong}. The stack sets it, or it is a secret.`);
  const { GENERATION_TIMEOUT_SECONDS: timeout = 0 }: { GENERATION_TIMEOUT_SECONDS?: unknown } = given;
  if (Number(timeout) > maxTimeoutSeconds) {
    throw new Error(
      `environment: set GENERATION_TIMEOUT_SECONDS to ${maxTimeoutSeconds} at most. Fargate waits no longer.`,
    );
  }
  return Object.fromEntries(Object.entries(given).map(([name, setting]) => [name, String(setting)]));
}
