import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { collectAnswer } from './answer-memory.js';

/** The line of each model bounds its calls. One that waited for a socket besides would lose some of its deadline. */
const agent = { maxSockets: Number.POSITIVE_INFINITY };

/** HTTP/1.1, since the client's own HTTP/2 fails behind some proxies; no time-outs, since each image has its deadline. */
export function createBedrockClient({ region }: { region: string }): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    region,
    requestHandler: new NodeHttpHandler({ httpAgent: agent, httpsAgent: agent }),
    streamCollector: collectAnswer,
  });
}
