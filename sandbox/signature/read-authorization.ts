import type { CredentialScope } from './canonical-request.js';
import { queryValue, type ReceivedRequest } from './received-request.js';

/** What a request says of its own signature, in its header or its query. */
export interface Authorization {
  accessKeyId: string;
  scope: CredentialScope;
  signedHeaders: readonly string[];
  signature: string;
  timestamp: string;
  sessionToken?: string;
  /** Seconds that a presigned URL lives; absent where the header is signed. */
  expires?: number;
}

export type ReadAuthorization = { authorization: Authorization } | { problem: 'missing' | 'malformed' };

export function readAuthorization(request: ReceivedRequest): ReadAuthorization {
  if (queryValue(request, 'X-Amz-Algorithm') !== undefined) return fromQuery(request);
  const header = request.headers.authorization;
  if (header === undefined) return { problem: 'missing' };
  return fromHeader(request, header);
}

function fromHeader(request: ReceivedRequest, header: string): ReadAuthorization {
  const match = /^AWS4-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/.exec(
    header,
  );
  const [, credential = '', signedHeaders = '', signature = ''] = match ?? [];
  return authorizationOf({
    credential,
    signedHeaders,
    signature,
    timestamp: request.headers['x-amz-date'] ?? '',
    sessionToken: request.headers['x-amz-security-token'],
  });
}

function fromQuery(request: ReceivedRequest): ReadAuthorization {
  const value = (name: string) => queryValue(request, `X-Amz-${name}`) ?? '';
  if (value('Algorithm') !== 'AWS4-HMAC-SHA256' || !/^\d+$/.test(value('Expires'))) return { problem: 'malformed' };
  return authorizationOf({
    credential: value('Credential'),
    signedHeaders: value('SignedHeaders'),
    signature: value('Signature'),
    timestamp: value('Date'),
    sessionToken: queryValue(request, 'X-Amz-Security-Token'),
    expires: Number(value('Expires')),
  });
}

interface Parts {
  credential: string;
  signedHeaders: string;
  signature: string;
  timestamp: string;
  sessionToken: string | undefined;
  expires?: number;
}

function authorizationOf({ credential, signedHeaders, sessionToken, ...rest }: Parts): ReadAuthorization {
  const scope = /^([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request$/.exec(credential);
  if (!scope || !/^\d{8}T\d{6}Z$/.test(rest.timestamp)) return { problem: 'malformed' };
  const [, accessKeyId = '', date = '', region = '', service = ''] = scope;
  const authorization: Authorization = {
    ...rest,
    accessKeyId,
    scope: { date, region, service },
    signedHeaders: signedHeaders.split(';'),
  };
  return { authorization: sessionToken === undefined ? authorization : { ...authorization, sessionToken } };
}
