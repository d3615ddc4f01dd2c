import { createServer } from 'node:http';
import { createFaults, type Faults } from '../faults.js';
import { listen } from '../http.js';
import { createRecent } from '../recent.js';
import { type SandboxCredentials, sandboxCredentials } from '../signature/credentials.js';
import type { WireLog } from '../wire-log.js';
import { type ComprehendFault, type ComprehendRequest, createComprehendHandler } from './serve-request.js';

export interface ComprehendOptions {
  /** 0, any free port, unless told. */
  port?: number;
  credentials?: readonly SandboxCredentials[];
  /** Requests signed for another region are refused; any is good unless told. */
  region?: string;
  wireLog?: WireLog;
  now?: () => Date;
}

export interface SandboxComprehend {
  url: string;
  faults: Faults<ComprehendRequest, ComprehendFault>;
  /** The last that came and were understood, oldest first: 2,000 of them, fewer where their bodies exceed 64 MiB. */
  requests(): readonly ComprehendRequest[];
  close(): Promise<void>;
}

/** Serves the part of Amazon Comprehend that SUPPORTED.md lists, at a loopback address. */
export async function startComprehend(options: ComprehendOptions = {}): Promise<SandboxComprehend> {
  const faults = createFaults<ComprehendRequest, ComprehendFault>();
  const requests = createRecent<ComprehendRequest>();
  const handler = createComprehendHandler({
    credentials: options.credentials ?? [sandboxCredentials],
    region: options.region,
    now: options.now ?? (() => new Date()),
    wireLog: options.wireLog,
    faults,
    requests,
  });
  const { port, close } = await listen(createServer(handler), options.port);
  return { url: `http://127.0.0.1:${port}`, faults, close, requests: () => requests.all() };
}
