import type { IncomingMessage, ServerResponse } from 'node:http';

/** Checks one thing that the app cannot work without: a sentence for the operator if it is missing. */
export type ReadinessCheck = (signal: AbortSignal) => Promise<string | undefined>;

type Readiness = () => Promise<readonly string[]>;

/** So that frequent probes, and probes of strangers, cost nothing. */
const keptMilliseconds = 3000;
/** Kubernetes gives a probe one second by default, load balancers five. */
const maxMilliseconds = 3000;

/** Tells what is missing; nothing if the app is ready. @param now in milliseconds */
export function createReadiness(checks: readonly ReadinessCheck[], now: () => number): Readiness {
  let latest: { until: number; problems: Promise<readonly string[]> } | undefined;
  return () => {
    if (!latest || now() >= latest.until) latest = { until: now() + keptMilliseconds, problems: runAll(checks) };
    return latest.problems;
  };
}

async function runAll(checks: readonly ReadinessCheck[]): Promise<readonly string[]> {
  const signal = AbortSignal.timeout(maxMilliseconds);
  return (await Promise.all(checks.map((check) => check(signal)))).flatMap((problem) => problem ?? []);
}

export interface HealthOptions {
  readiness: Readiness;
  isStopping(): boolean;
  readMetrics(): Promise<{ contentType: string; text: string }>;
}

/**
 * `/healthz`: the process answers. `/readyz`: it can do its work. `/metrics`: what it did, for Prometheus. The address is
 * only compared, never parsed: strangers write it.
 */
export async function serveHealth(
  { readiness, isStopping, readMetrics }: HealthOptions,
  { method, url }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  function answer(status: number, text: string, contentType = 'text/plain; charset=utf-8'): void {
    response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' }).end(text);
  }
  const path = method === 'GET' || method === 'HEAD' ? url?.split('?', 1)[0] : undefined;
  if (path === '/healthz') return answer(200, 'ok\n');
  if (path === '/metrics') {
    const { text, contentType } = await readMetrics();
    return answer(200, text, contentType);
  }
  if (path !== '/readyz') return answer(404, 'not found\n');
  const problems = isStopping() ? ['the app is stopping'] : await readiness();
  return problems.length === 0 ? answer(200, 'ok\n') : answer(503, `${problems.join('\n')}\n`);
}
