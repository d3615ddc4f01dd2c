import { createServer } from 'node:http';
import { createFaults, type Faults } from '../faults.js';
import { listen } from '../http.js';
import { type SandboxCredentials, sandboxCredentials } from '../signature/credentials.js';
import type { WireLog } from '../wire-log.js';
import type { BedrockControlFault, BedrockControlRequest } from './bedrock-control-fault.js';
import { createBedrockControlHandler } from './serve-request.js';

export interface BedrockControlOptions {
  /** 0, any free port, unless told. */
  port?: number;
  credentials?: readonly SandboxCredentials[];
  wireLog?: WireLog;
  now?: () => Date;
}

export interface SandboxBedrockControl {
  url: string;
  faults: Faults<BedrockControlRequest, BedrockControlFault>;
  /** What came and was understood, oldest first. */
  requests(): readonly BedrockControlRequest[];
  close(): Promise<void>;
}

/** Serves the part of Bedrock's control plane that SUPPORTED.md lists, at a loopback address. */
export async function startBedrockControl(options: BedrockControlOptions = {}): Promise<SandboxBedrockControl> {
  const faults = createFaults<BedrockControlRequest, BedrockControlFault>();
  const requests: BedrockControlRequest[] = [];
  const handler = createBedrockControlHandler({
    credentials: options.credentials ?? [sandboxCredentials],
    now: options.now ?? (() => new Date()),
    wireLog: options.wireLog,
    faults,
    requests,
  });
  const { port, close } = await listen(createServer(handler), options.port);
  return { url: `http://127.0.0.1:${port}`, faults, close, requests: () => requests };
}
