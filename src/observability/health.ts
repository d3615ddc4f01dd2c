import type { IncomingMessage, ServerResponse } from 'node:http';

/** Checks one thing that the app cannot work without: a sentence for the operator if it is missing. */
export type ReadinessCheck = (signal: AbortSignal) => Promise<string | undefined>;

/** What is missing; nothing if the app is ready. */
type Readiness = () => Promise<readonly string[]>;

/** So that frequent probes, and probes of strangers, cost nothing. */
const keptMilliseconds = 3000;
/** Kubernetes gives a probe one second by default, load balancers five. */
const maxMilliseconds = 3000;

/** @param now in milliseconds */
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

interface Page {
  status: number;
  contentType?: string;
  text: string;
}

const ok: Page = { status: 200, text: 'ok\n' };
const notFound: Page = { status: 404, text: 'not found\n' };

/**
 * `/healthz`: the process answers. `/readyz`: it can do its work. `/metrics`: what it did, for Prometheus. The address is
 * only compared, never parsed: strangers write it.
 */
export async function serveHealth(
  options: HealthOptions,
  { method, url }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const isRead = method === 'GET' || method === 'HEAD';
  const page = isRead ? await makePage(options, url?.split('?', 1)[0]) : notFound;
  const { status, contentType = 'text/plain; charset=utf-8', text } = page;
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' }).end(text);
}

async function makePage(
  { readiness, isStopping, readMetrics }: HealthOptions,
  path: string | undefined,
): Promise<Page> {
  if (path === '/healthz') return ok;
  if (path === '/metrics') return { status: 200, ...(await readMetrics()) };
  if (path !== '/readyz') return notFound;
  const problems = isStopping() ? ['the app is stopping'] : await readiness();
  return problems.length === 0 ? ok : { status: 503, text: `${problems.join('\n')}\n` };
}
