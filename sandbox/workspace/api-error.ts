import { type Problem, toText } from './block-kit/problems.js';
import type { JsonObject } from './model.js';

/** Slack's way to say no: `{ok: false, error: code, …details}`. Becomes the answer of the call; nobody else sees it. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly details: JsonObject;

  constructor(code: string, details: JsonObject = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

const asMessages = (problems: readonly Problem[]): JsonObject => ({
  messages: problems.map((problem) => `[ERROR] ${toText(problem)}`),
});

/** For arguments, and for views: https://github.com/nicklambourne/slackblocks/issues/36 shows the form. */
export function invalidArguments(problems: readonly Problem[]): ApiError {
  return new ApiError('invalid_arguments', { response_metadata: asMessages(problems) });
}

/** For messages: https://github.com/adobe/spacecat-api-service/issues/176 shows the form. */
export function invalidBlocks(problems: readonly Problem[]): ApiError {
  return new ApiError('invalid_blocks', { errors: problems.map(toText), response_metadata: asMessages(problems) });
}
