const meanings: Readonly<Record<string, string>> = {
  operation_timeout: 'the app did not answer within three seconds',
  dispatch_failed: 'the app could not be reached',
  http_client_error: 'the app answered with a 4xx status',
  http_service_error: 'the app answered with a 5xx status',
  invalid_command_response: 'Slack could not read the answer',
  invalid_response_action: 'Slack could not read the answer',
};

/** Slack's word for what went wrong, and what that means. */
export const sayFailure = (failure: string): string =>
  meanings[failure] ? `“${failure}” (${meanings[failure]})` : `“${failure}”`;
