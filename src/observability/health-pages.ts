import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readiness } from './readiness.js';

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

const notFound: Page = { status: 404, text: 'not found\n' };

/**
 * `/healthz`: the process answers. `/readyz`: it can do its work. `/metrics`: what it did, for Prometheus. An address is
 * compared and never parsed, as strangers write it.
 */
export function createHealthPages({ readiness, isStopping, readMetrics }: HealthOptions) {
  async function makePage(path: string | undefined): Promise<Page> {
    switch (path) {
      case '/healthz':
        return { status: 200, text: 'ok\n' };
      case '/readyz': {
        const problems = isStopping() ? ['the app is stopping'] : await readiness();
        return problems.length === 0
          ? { status: 200, text: 'ok\n' }
          : { status: 503, text: `${problems.join('\n')}\n` };
      }
      case '/metrics':
        return { status: 200, ...(await readMetrics()) };
      default:
        return notFound;
    }
  }

  return async ({ method, url }: IncomingMessage, response: ServerResponse): Promise<void> => {
    const isRead = method === 'GET' || method === 'HEAD';
    const { status, contentType, text } = isRead ? await makePage(url?.split('?', 1)[0]) : notFound;
    response
      .writeHead(status, { 'content-type': contentType ?? 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
      .end(text);
  };
}
