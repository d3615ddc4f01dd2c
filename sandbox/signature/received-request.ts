import type { IncomingHttpHeaders } from 'node:http';
import type { IncomingHttpHeaders as Http2Headers } from 'node:http2';

/** A request as it came over the wire, before anybody believed it. */
export interface ReceivedRequest {
  method: string;
  /** Still percent-encoded, without the query. */
  path: string;
  /** Decoded, in the order sent. */
  query: readonly (readonly [name: string, value: string])[];
  /** Lower-case names, the pseudo-headers of HTTP/2 among them. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

export function receivedRequest(
  method: string,
  target: string,
  headers: IncomingHttpHeaders | Http2Headers,
  body: Buffer,
): ReceivedRequest {
  const question = target.indexOf('?');
  const path = question === -1 ? target : target.slice(0, question);
  const query = question === -1 ? [] : parseQuery(target.slice(question + 1));
  return { method, path, query, headers: plainHeaders(headers), body };
}

export function queryValue(request: ReceivedRequest, name: string): string | undefined {
  return request.query.find(([key]) => key === name)?.[1];
}

function parseQuery(text: string): [string, string][] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const name = equals === -1 ? pair : pair.slice(0, equals);
      const value = equals === -1 ? '' : pair.slice(equals + 1);
      return [decodeText(name), decodeText(value)];
    });
}

function plainHeaders(headers: IncomingHttpHeaders | Http2Headers): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    plain[name] = Array.isArray(value) ? value.join(',') : String(value);
  }
  return plain;
}

/** Percent-encoded UTF-8, decoded; anything else as it stands, which then is no known name and fits no signature. */
export function decodeText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
