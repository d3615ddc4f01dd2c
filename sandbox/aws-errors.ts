/**
 * The errors that Bedrock and Comprehend name in their API references, with their HTTP status and a default message:
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html#API_runtime_InvokeModel_Errors
 * https://docs.aws.amazon.com/comprehend/latest/APIReference/API_DetectSentiment.html#API_DetectSentiment_Errors
 */
export const awsErrors = {
  AccessDeniedException: [403, "You don't have access to the model with the specified model ID."],
  ExpiredTokenException: [403, 'The security token included in the request is expired'],
  IncompleteSignatureException: [403, 'The request signature does not conform to AWS standards.'],
  InternalServerException: [
    500,
    'The system encountered an unexpected error during processing. Try your request again.',
  ],
  InvalidRequestException: [400, 'The request is invalid.'],
  InvalidSignatureException: [403, 'The request signature we calculated does not match the signature you provided.'],
  MissingAuthenticationTokenException: [403, 'Missing Authentication Token'],
  ModelErrorException: [424, 'The system encountered an error while processing the model request.'],
  ModelNotReadyException: [429, 'The model is not ready to serve requests. Try again.'],
  ModelTimeoutException: [408, 'Model has timed out in processing the request. Try your request again.'],
  ResourceNotFoundException: [
    404,
    'This model version has reached the end of its life. Please refer to the AWS documentation for more details.',
  ],
  SerializationException: [400, 'The request could not be deserialized.'],
  ServiceQuotaExceededException: [400, 'Your request exceeds the service quota for your account.'],
  ServiceUnavailableException: [503, 'Bedrock is unable to process your request.'],
  TextSizeLimitExceededException: [400, 'Input text size exceeds limit.'],
  ThrottlingException: [429, 'Too many requests, please wait before trying again.'],
  UnknownOperationException: [404, 'The sandbox does not serve this operation.'],
  UnrecognizedClientException: [403, 'The security token included in the request is invalid.'],
  UnsupportedLanguageException: [400, 'Amazon Comprehend cannot process the language of the input text.'],
  ValidationException: [400, 'Operation not allowed'],
} as const satisfies Record<string, readonly [status: number, message: string]>;

export type AwsErrorName = keyof typeof awsErrors;
