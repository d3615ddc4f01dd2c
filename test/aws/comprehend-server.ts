import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

type Operation = 'DetectDominantLanguage' | 'DetectSentiment' | 'DetectKeyPhrases';

interface Answer {
  status?: number;
  body: unknown;
}

export interface ComprehendServer {
  url: string;
  calls: {
    operation: string;
    contentType: string | undefined;
    body: { Text: string; LanguageCode?: string | undefined };
  }[];
  /** What an operation answers from now on; `undefined`: nothing, the connection stays open. */
  answers: Record<Operation, Answer | undefined>;
  close(): Promise<void>;
}

const bodySchema = z.object({ Text: z.string(), LanguageCode: z.string().optional() });

/** As much of Comprehend's wire protocol (AWS JSON 1.1) as these tests need. */
export async function startComprehendServer(answers: ComprehendServer['answers']): Promise<ComprehendServer> {
  const calls: ComprehendServer['calls'] = [];
  async function handle(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const operation = String(request.headers['x-amz-target']).replace('Comprehend_20171127.', '');
    const body = bodySchema.parse(JSON.parse(Buffer.concat(chunks).toString()));
    calls.push({ operation, contentType: request.headers['content-type'], body });
    const answer = Object.entries(answers).find(([name]) => name === operation)?.[1];
    if (!answer) return;
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(answer.body));
  }
  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // an AddressInfo whenever a TCP port was asked for
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    answers,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
