import { onTestFinished } from 'vitest';

/** Whatever of this process's environment an app or the AWS SDK would take for a setting, except that it stays quiet about Node. */
const isSetting = (name: string) =>
  /^(?:AWS(?!_SDK_JS_NODE_VERSION)|SLACK|S3|BEDROCK|OPENAI|GUARDRAIL|IMAGE|PREVIEW|HEALTH|REDIS)_|^PORT$/.test(name);

/** Gives this process these settings and no others until the test ends: the AWS SDK reads them there by itself. */
export function useEnvironment(settings: Record<string, string>): void {
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (isSetting(name)) delete process.env[name];
  Object.assign(process.env, settings);
  onTestFinished(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  });
}
