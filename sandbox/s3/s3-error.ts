import type { SignatureProblem } from '../signature/verify-signature.js';

// Codes, statuses and messages: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
const errors = {
  AccessDenied: [403, 'Access Denied'],
  AuthorizationHeaderMalformed: [400, 'The authorization header that you provided is not valid.'],
  AuthorizationQueryParametersError: [400, 'The authorization query parameters that you provided are not valid.'],
  BadDigest: [400, 'The checksum you specified did not match the calculated checksum.'],
  BucketAlreadyExists: [409, 'The requested bucket name is not available. Select a different name and try again.'],
  BucketAlreadyOwnedByYou: [409, 'Your previous request to create the named bucket succeeded and you already own it.'],
  ConditionalRequestConflict: [
    409,
    'The conditional request cannot succeed due to a conflicting operation against this resource.',
  ],
  ExpiredToken: [400, 'The provided token has expired.'],
  InternalError: [500, 'We encountered an internal error. Please try again.'],
  IllegalLocationConstraintException: [400, 'The specified location-constraint is not valid.'],
  InvalidAccessKeyId: [403, 'The AWS Access Key Id you provided does not exist in our records.'],
  InvalidBucketName: [400, 'The specified bucket is not valid.'],
  InvalidRequest: [400, 'Missing required header for this request: x-amz-content-sha256'],
  InvalidTag: [400, 'The tag provided was not a valid tag.'],
  InvalidToken: [400, 'The provided token is malformed or otherwise invalid.'],
  InvalidURI: [400, "Couldn't parse the specified URI."],
  KeyTooLongError: [400, 'Your key is too long'],
  MalformedPolicy: [400, 'Policies must be valid JSON and the first byte must be {'],
  MalformedXML: [400, 'The XML you provided was not well-formed or did not validate against our published schema'],
  NoSuchBucket: [404, 'The specified bucket does not exist'],
  NoSuchKey: [404, 'The specified key does not exist.'],
  NoSuchLifecycleConfiguration: [404, 'The lifecycle configuration does not exist'],
  NotImplemented: [501, 'The sandbox does not serve this.'],
  PreconditionFailed: [412, 'At least one of the pre-conditions you specified did not hold'],
  RequestTimeTooSkewed: [403, 'The difference between the request time and the current time is too large.'],
  SignatureDoesNotMatch: [403, 'The request signature we calculated does not match the signature you provided.'],
  SlowDown: [503, 'Please reduce your request rate.'],
  XAmzContentSHA256Mismatch: [400, "The provided 'x-amz-content-sha256' header does not match what was computed."],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type S3ErrorCode = keyof typeof errors;

/** What S3 answers instead of doing what it was asked. `detail` are further elements of its XML. */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly code: S3ErrorCode;
  readonly status: number;
  readonly detail: Readonly<Record<string, string>>;

  constructor(code: S3ErrorCode, detail: Record<string, string> = {}, message: string = errors[code][1]) {
    super(message);
    this.code = code;
    this.status = errors[code][0];
    this.detail = detail;
  }
}

/** How S3 answers a signature that it refuses. */
export function signatureError(problem: SignatureProblem, isPresigned: boolean, region: string): S3Error {
  const malformed = isPresigned ? 'AuthorizationQueryParametersError' : 'AuthorizationHeaderMalformed';
  switch (problem) {
    case 'wrong region':
      return new S3Error(malformed, { Region: region }, `the region is wrong; expecting '${region}'`);
    case 'malformed':
    case 'wrong service':
    case 'expires too long':
      return new S3Error(malformed);
    case 'unsigned headers':
      return new S3Error('AccessDenied', {}, 'There were headers present in the request which were not signed');
    case 'expired':
      return new S3Error('AccessDenied', {}, 'Request has expired');
    default:
      return new S3Error(plainErrors[problem]);
  }
}

const plainErrors = {
  missing: 'AccessDenied',
  'unknown key': 'InvalidAccessKeyId',
  'invalid token': 'InvalidToken',
  'expired token': 'ExpiredToken',
  skewed: 'RequestTimeTooSkewed',
  mismatch: 'SignatureDoesNotMatch',
  payload: 'XAmzContentSHA256Mismatch',
} as const satisfies Partial<Record<SignatureProblem, S3ErrorCode>>;

export function errorXml({ code, message, detail }: S3Error, resource: string): string {
  const elements = { Code: code, Message: message, ...detail, Resource: resource };
  const xml = Object.entries(elements).map(([name, value]) => tag(name, value));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${xml.join('')}</Error>`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

export function tag(name: string, text: string | number | boolean): string {
  const escaped = String(text).replace(/[&<>"\r]/g, (character) => entities[character] ?? character);
  return `<${name}>${escaped}</${name}>`;
}
