import type { CustomRoute } from '@slack/bolt';
import type { Log } from '../core/log.js';
import type { Readiness } from '../core/readiness.js';

export interface HealthOptions {
  readiness: Readiness;
  readMetrics(): Promise<{ contentType: string; text: string }>;
  log: Log;
}

interface Page {
  status: number;
  contentType: string;
  text: string;
}

const plainText = 'text/plain; charset=utf-8';

/** `/healthz`: the process answers. `/readyz`: it can do its work. `/metrics`: what it did, for Prometheus. */
export function createHealthRoutes({ readiness, readMetrics, log }: HealthOptions): CustomRoute[] {
  return [
    route('/healthz', log, async () => ({ status: 200, contentType: plainText, text: 'ok\n' })),
    route('/readyz', log, async () => {
      const problems = await readiness();
      if (problems.length === 0) return { status: 200, contentType: plainText, text: 'ok\n' };
      return { status: 503, contentType: plainText, text: `${problems.join('\n')}\n` };
    }),
    route('/metrics', log, async () => ({ status: 200, ...(await readMetrics()) })),
  ];
}

/** Bolt catches nothing that a route throws. */
function route(path: string, log: Log, makePage: () => Promise<Page>): CustomRoute {
  return {
    path,
    method: ['GET', 'HEAD'],
    async handler(_request, response) {
      const { status, contentType, text } = await makePage().catch((error: unknown) => {
        log.error('health page failed', { path, error });
        return { status: 500, contentType: plainText, text: 'failed\n' };
      });
      response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' }).end(text);
    },
  };
}
