// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html, "Errors", and the common errors.
const statuses = {
  AccessDeniedException: 403,
  ExpiredTokenException: 403,
  IncompleteSignatureException: 403,
  InternalServerException: 500,
  InvalidSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  ModelErrorException: 424,
  ModelNotReadyException: 429,
  ModelTimeoutException: 408,
  ResourceNotFoundException: 404,
  ServiceQuotaExceededException: 400,
  ServiceUnavailableException: 503,
  ThrottlingException: 429,
  UnknownOperationException: 404,
  UnrecognizedClientException: 403,
  ValidationException: 400,
} as const;

export type BedrockErrorName = keyof typeof statuses;

const messages: Partial<Record<BedrockErrorName, string>> = {
  AccessDeniedException: "You don't have access to the model with the specified model ID.",
  InternalServerException: 'The system encountered an unexpected error during processing. Try your request again.',
  ModelErrorException: 'The system encountered an error while processing the model request.',
  ModelNotReadyException: 'The model is not ready to serve requests. Try again.',
  ModelTimeoutException: 'Model has timed out in processing the request. Try your request again.',
  ResourceNotFoundException:
    'This model version has reached the end of its life. Please refer to the AWS documentation for more details.',
  ServiceQuotaExceededException: 'Your request exceeds the service quota for your account.',
  ServiceUnavailableException: 'Bedrock is unable to process your request.',
  ThrottlingException: 'Too many requests, please wait before trying again.',
  ValidationException: 'Operation not allowed',
};

/** What Bedrock answers instead of an image. */
export class BedrockError extends Error {
  override readonly name = 'BedrockError';
  readonly code: BedrockErrorName;
  readonly status: number;

  constructor(code: BedrockErrorName, message: string = messages[code] ?? code) {
    super(message);
    this.code = code;
    this.status = statuses[code];
  }
}

export function isBedrockErrorName(name: string): name is BedrockErrorName {
  return name in statuses;
}
