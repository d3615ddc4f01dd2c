import { createFaults, type Faults } from '../faults.js';
import { listen } from '../http.js';
import { createRecent } from '../recent.js';
import { type SandboxCredentials, sandboxCredentials } from '../signature/credentials.js';
import type { WireLog } from '../wire-log.js';
import type { BedrockFault, BedrockRequest } from './bedrock-fault.js';
import type { SandboxGuardrail } from './guardrails.js';
import { createImageSource } from './image-source.js';
import { createRateLimit } from './rate-limit.js';
import { type BedrockContext, serveBedrock } from './serve-request.js';
import { createTwoProtocolServer } from './two-protocols.js';

export interface BedrockOptions {
  /** 0, any free port, unless told. */
  port?: number;
  credentials?: readonly SandboxCredentials[];
  /** How long each model takes, in milliseconds; 0 unless told. */
  latencyMs?: number;
  /** Sides of the images as a share of what was asked; 1 unless told. */
  imageScale?: number;
  /** PNGs are filled up to this many bytes, validly, with noise. */
  imageBytes?: number;
  /** One image for each size, whatever the prompt and seed, drawn once: for measuring. */
  sameImage?: boolean;
  /** The account still has the models whose end of life has passed. */
  keepRetired?: boolean;
  /** Throttles each model: at its default quota, or at this many requests a minute. Not at all unless told. */
  requestsPerMinute?: 'quota' | number;
  /** Prompts with one of these words are filtered; `forbidden` unless told. */
  filteredWords?: readonly string[];
  guardrails?: readonly SandboxGuardrail[];
  wireLog?: WireLog;
  now?: () => Date;
  /** For seeds left open: at least 0, less than 1. */
  random?: () => number;
}

export interface SandboxBedrock {
  url: string;
  faults: Faults<BedrockRequest, BedrockFault>;
  /** The last that came and were understood, oldest first: 2,000 of them, fewer where their bodies exceed 64 MiB. */
  requests(): readonly BedrockRequest[];
  /** Requests that have not been answered yet, and the most of them that there ever were at once. */
  inFlight(): number;
  maxInFlight(): number;
  setLatency(milliseconds: number): void;
  close(): Promise<void>;
}

/** Serves the part of the Bedrock runtime that SUPPORTED.md lists, over HTTP/1.1 and HTTP/2 on one loopback port. */
export async function startBedrock(options: BedrockOptions = {}): Promise<SandboxBedrock> {
  const faults = createFaults<BedrockRequest, BedrockFault>();
  const requests = createRecent<BedrockRequest>();
  const count = { number: 0, inFlight: 0, most: 0, latencyMs: options.latencyMs ?? 0 };
  const context: BedrockContext = {
    ...settingsOf(options),
    faults,
    latencyMs: () => count.latencyMs,
    nextNumber: () => ++count.number,
    begin(request, bytes) {
      requests.add(request, bytes);
      count.inFlight += 1;
      count.most = Math.max(count.most, count.inFlight);
      return () => {
        count.inFlight -= 1;
      };
    },
  };
  const server = createTwoProtocolServer((exchange) => serveBedrock(exchange, context));
  const { port, close } = await listen(server, options.port);
  return {
    url: `http://127.0.0.1:${port}`,
    faults,
    close,
    requests: () => requests.all(),
    inFlight: () => count.inFlight,
    maxInFlight: () => count.most,
    setLatency(milliseconds) {
      count.latencyMs = milliseconds;
    },
  };
}

type Settings = Omit<BedrockContext, 'faults' | 'latencyMs' | 'nextNumber' | 'begin'>;

function settingsOf(options: BedrockOptions): Settings {
  const { now = () => new Date(), requestsPerMinute } = options;
  const limit = createRateLimit(now);
  return {
    credentials: options.credentials ?? [sandboxCredentials],
    now,
    random: options.random ?? Math.random,
    wireLog: options.wireLog,
    keepRetired: options.keepRetired ?? false,
    filteredWords: options.filteredWords ?? ['forbidden'],
    guardrails: options.guardrails ?? [],
    draw: createImageSource({
      scale: options.imageScale ?? 1,
      bytes: options.imageBytes ?? 0,
      same: options.sameImage ?? false,
    }),
    countRequest(modelId, model) {
      if (requestsPerMinute === undefined) return;
      limit(modelId, requestsPerMinute === 'quota' ? model.requestsPerMinute : requestsPerMinute);
    },
  };
}
