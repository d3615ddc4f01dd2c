// https://docs.aws.amazon.com/comprehend/latest/APIReference/API_DetectSentiment.html, "Errors", and the common errors.
const statuses = {
  AccessDeniedException: 400,
  ExpiredTokenException: 400,
  IncompleteSignatureException: 400,
  InternalServerException: 500,
  InvalidRequestException: 400,
  InvalidSignatureException: 400,
  MissingAuthenticationTokenException: 400,
  SerializationException: 400,
  TextSizeLimitExceededException: 400,
  ThrottlingException: 400,
  UnknownOperationException: 404,
  UnrecognizedClientException: 400,
  UnsupportedLanguageException: 400,
  ValidationException: 400,
} as const;

export type ComprehendErrorName = keyof typeof statuses;

const messages: Partial<Record<ComprehendErrorName, string>> = {
  AccessDeniedException:
    'User is not authorized to perform: comprehend:DetectSentiment because no identity-based policy allows it',
  InternalServerException: 'An internal server error occurred. Retry your request.',
  InvalidRequestException: 'The request is invalid.',
  ThrottlingException: 'Rate exceeded',
};

/** What Comprehend answers instead of an analysis. */
export class ComprehendError extends Error {
  override readonly name = 'ComprehendError';
  readonly code: ComprehendErrorName;
  readonly status: number;

  constructor(code: ComprehendErrorName, message: string = messages[code] ?? code) {
    super(message);
    this.code = code;
    this.status = statuses[code];
  }
}

export function isComprehendErrorName(name: string): name is ComprehendErrorName {
  return name in statuses;
}
