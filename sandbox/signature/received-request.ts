import type { IncomingMessage } from 'node:http';

/** A request as it came over the wire. */
export interface ReceivedRequest {
  method: string;
  /** Still percent-encoded, without the query. */
  path: string;
  /** Decoded, in the order sent. */
  query: readonly (readonly [name: string, value: string])[];
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

export function receivedRequest(
  incoming: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  body: Buffer,
): ReceivedRequest {
  const [path = '/', ...rest] = (incoming.url ?? '/').split('?');
  const pairs = rest.join('?').split('&').filter(Boolean);
  const query = pairs.map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return [decodeText(name), decodeText(value.join('='))] as const;
  });
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return { method: incoming.method ?? 'GET', path, query, headers: Object.fromEntries(headers), body };
}

export function queryValue(request: ReceivedRequest, name: string): string | undefined {
  return request.query.find(([key]) => key === name)?.[1];
}

/** Decodes percent-encoded UTF-8. Anything else stays as it is: then it is no known name and fits no signature. */
export function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
