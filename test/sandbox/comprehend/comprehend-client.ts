import { ComprehendClient, type ComprehendClientConfig } from '@aws-sdk/client-comprehend';
import { afterEach } from 'vitest';
import {
  type ComprehendOptions,
  type SandboxComprehend,
  startComprehend,
} from '../../../sandbox/comprehend/start-comprehend.js';
import { sandboxCredentials } from '../../../sandbox/signature/credentials.js';

const started: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const stop of started.splice(0)) await stop();
});

/** A stand-in that ends with the test. */
export async function sandboxComprehend(options: ComprehendOptions = {}): Promise<SandboxComprehend> {
  const comprehend = await startComprehend(options);
  started.push(() => comprehend.close());
  return comprehend;
}

/** The real client, told no more than its endpoint and its keys. */
export function clientOf(comprehend: SandboxComprehend, config: ComprehendClientConfig = {}): ComprehendClient {
  const { url: endpoint } = comprehend;
  const client = new ComprehendClient({ endpoint, region: 'us-west-2', credentials: sandboxCredentials, ...config });
  started.push(() => client.destroy());
  return client;
}
