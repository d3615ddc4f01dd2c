import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** The top of the repository, from `dist/lib`. */
export const repository = join(__dirname, '..', '..', '..', '..');

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
  /** Models that the app may call besides those in deploy/policy.json. */
  modelArns: string[];
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

/** Says what to set instead, so it needs no stack trace. */
export class SettingError extends Error {}

/** The value of a context key: text if it came from the command line. Empty text is not set. */
type Read = (key: string) => unknown;

export const settingNames = [
  'name',
  'mode',
  'certificateArn',
  'image',
  'secretArn',
  'openai',
  'environment',
  'modelArns',
  'unpickedDays',
  'tasks',
  'valkey',
  'cpu',
  'memoryMiB',
  'logDays',
  'alarmEmail',
];

/** @param context also holds what CDK and its CLI keep there */
export function readSettings(context: Readonly<Record<string, unknown>>): Settings {
  const unknown = Object.keys(context).find(
    (key) => !/[:@]|^(cli|acknowledged)-/.test(key) && !settingNames.includes(key),
  );
  if (unknown !== undefined)
    throw new SettingError(`${unknown}: there is no such setting. deploy/cdk/README.md lists them.`);
  const read: Read = (key) => (context[key] === '' ? undefined : context[key]);
  const name = readText(read, 'name') ?? 'imagine';
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(name)) {
    throw new SettingError('name: use at most 31 lowercase letters, digits and hyphens, and begin with a letter.');
  }
  const hasValkey = readFlag(read, 'valkey');
  const tasks = readNumber(read, 'tasks', { min: 1, max: 10 }) ?? 1;
  if (tasks > 1 && !hasValkey)
    throw new SettingError('tasks: several tasks need a queue that they share. Set valkey=true too.');
  const logDays = readNumber(read, 'logDays', { min: 1, max: 3653 }) ?? RetentionDays.ONE_MONTH;
  if (!(logDays in RetentionDays))
    throw new SettingError('logDays: set a number of days that CloudWatch offers, such as 1, 7, 14, 30, 90 or 365.');
  return {
    name,
    image: readText(read, 'image'),
    access: readAccess(read),
    secretArn: readSecretArn(read),
    hasOpenAiKey: readFlag(read, 'openai'),
    environment: readEnvironment(read('environment')),
    modelArns: readModelArns(read),
    unpickedDays: readNumber(read, 'unpickedDays', { min: 1, max: 3650 }),
    tasks,
    hasValkey,
    ...readSize(read),
    logDays,
    alarmEmail: readText(read, 'alarmEmail'),
  };
}

function readText(read: Read, key: string): string | undefined {
  const value = read(key);
  if (value === undefined || typeof value === 'string') return value;
  throw new SettingError(`${key}: set a string.`);
}

function readNumber(read: Read, key: string, { min, max }: { min: number; max: number }): number | undefined {
  const value = read(key);
  if (value === undefined) return undefined;
  const number = Number(value);
  if (Number.isInteger(number) && number >= min && number <= max) return number;
  throw new SettingError(`${key}: set a whole number from ${min} to ${max}.`);
}

function readFlag(read: Read, key: string): boolean {
  const value = String(read(key) ?? false);
  if (value !== 'true' && value !== 'false') throw new SettingError(`${key}: set true or false.`);
  return value === 'true';
}

/** Pairs of https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size */
function readSize(read: Read): Pick<Settings, 'cpu' | 'memoryMiB'> {
  const cpu = readNumber(read, 'cpu', { min: 256, max: 4096 }) ?? 256;
  if (![256, 512, 1024, 2048, 4096].includes(cpu)) throw new SettingError('cpu: set 256, 512, 1024, 2048 or 4096.');
  const min = 2 * cpu;
  const max = Math.min(8 * cpu, 30_720);
  const memoryMiB = readNumber(read, 'memoryMiB', { min, max }) ?? min;
  if (memoryMiB % 1024 === 0 || memoryMiB === 512) return { cpu, memoryMiB };
  throw new SettingError('memoryMiB: set 512 or a multiple of 1024.');
}

function readAccess(read: Read): Settings['access'] {
  const mode = readText(read, 'mode') ?? 'socket';
  if (mode === 'socket') return { mode };
  if (mode !== 'http') throw new SettingError('mode: set socket or http.');
  const certificateArn = readText(read, 'certificateArn');
  if (certificateArn && /^arn:aws[\w-]*:acm:[\w-]+:\d{12}:certificate\//.test(certificateArn)) {
    return { mode, certificateArn };
  }
  throw new SettingError('certificateArn: over HTTP, set the ARN of a certificate in ACM for your address.');
}

function readSecretArn(read: Read): string | undefined {
  const arn = readText(read, 'secretArn');
  if (!arn || /^arn:aws[\w-]*:secretsmanager:[\w-]+:\d{12}:secret:.+-\w{6}$/.test(arn)) return arn;
  throw new SettingError(
    'secretArn: set the full ARN of a secret in Secrets Manager, with the six characters at its end.',
  );
}

const setByStack = ['S3_BUCKET', 'AWS_REGION', 'REDIS_URL', 'PORT', 'HEALTH_PORT', 'HEALTH_HOST', 'TAG_IMAGES'];

/** In the template and the task definition, many can read a plain setting. */
const secret = /SECRET|TOKEN|PASSWORD|_KEY|HEADERS/;

/** Of Node, and of the SDKs of AWS, OpenAI and OpenTelemetry. */
const vendorSetting = /^(NODE|AWS|OPENAI|OTEL)_/;

function readEnvironment(value: unknown): Record<string, string> {
  const given = typeof value === 'string' ? parse(value) : (value ?? {});
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new SettingError(`environment: set a JSON object, such as '{"PREVIEW_LAYOUT":"carousel"}'.`);
  }
  const names = Object.keys(given);
  const wrong = names.find((name) => setByStack.includes(name));
  if (wrong) throw new SettingError(`environment: leave out ${wrong}. The stack sets it.`);
  const leak = names.find((name) => secret.test(name));
  if (leak) throw new SettingError(`environment: leave out ${leak}. Store secrets in SSM, or in secretArn.`);
  const example = readFileSync(join(repository, '.env.example'), 'utf8');
  const known = [...example.matchAll(/^#?(\w+)=/gm)].map(([, name]) => name);
  const unknown = names.find((name) => !known.includes(name) && !vendorSetting.test(name));
  if (unknown) throw new SettingError(`environment: the app has no setting ${unknown}. docs/settings.md lists them.`);
  const set = Object.entries(given).filter(([, setting]) => setting !== ''); // to the app, empty is not set
  const environment = Object.fromEntries(set.map(([name, setting]) => [name, String(setting)]));
  refuseUnfit(environment);
  return environment;
}

/** What the app itself would accept, but not the stack, or only after minutes of deployment. */
function refuseUnfit(environment: Record<string, string>): void {
  const {
    GENERATION_TIMEOUT_SECONDS: timeout = '1',
    LOG_LEVEL = 'info',
    GUARDRAIL_ID,
    GUARDRAIL_VERSION,
  } = environment;
  if (!Number.isInteger(Number(timeout)) || Number(timeout) < 1 || Number(timeout) > maxTimeoutSeconds) {
    throw new SettingError(
      `environment: set GENERATION_TIMEOUT_SECONDS to a whole number from 1 to ${maxTimeoutSeconds}. Fargate waits no longer.`,
    );
  }
  if (!['info', 'debug'].includes(LOG_LEVEL)) {
    throw new SettingError('environment: set LOG_LEVEL to info or debug. The alarms count lines of the log at info.');
  }
  if (Boolean(GUARDRAIL_ID) !== Boolean(GUARDRAIL_VERSION)) {
    throw new SettingError('environment: set both GUARDRAIL_ID and GUARDRAIL_VERSION, or neither.');
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function readModelArns(read: Read): string[] {
  const arns = (readText(read, 'modelArns') ?? '').split(',').flatMap((arn) => arn.trim() || []);
  if (arns.every((arn) => /^arn:aws(-[a-z]+)*:bedrock:/.test(arn))) return arns;
  throw new SettingError('modelArns: set ARNs of Bedrock models and inference profiles, separated by commas.');
}
