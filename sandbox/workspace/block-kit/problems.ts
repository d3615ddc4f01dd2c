import type { z } from 'zod';
import { ApiError } from '../api-error.js';
import type { JsonObject } from '../model.js';

/** What Slack objects to, and where: `no more than 25 items allowed [json-pointer:/blocks/1/elements]`. */
export interface Problem {
  message: string;
  /** RFC 6901, from the call's arguments on: `/blocks/1/image_url`. */
  pointer: string;
}

const toText = ({ message, pointer }: Problem): string => `${message} [json-pointer:${pointer}]`;

const asMessages = (problems: readonly Problem[]): JsonObject => ({
  messages: problems.map((problem) => `[ERROR] ${toText(problem)}`),
});

/** For arguments and for views. https://github.com/nicklambourne/slackblocks/issues/36 shows the form. */
export function invalidArguments(problems: readonly Problem[]): ApiError {
  return new ApiError('invalid_arguments', { response_metadata: asMessages(problems) });
}

/** For messages. https://github.com/adobe/spacecat-api-service/issues/176 shows the form. */
export function invalidBlocks(problems: readonly Problem[]): ApiError {
  return new ApiError('invalid_blocks', { errors: problems.map(toText), response_metadata: asMessages(problems) });
}

/** The value as the schema reads it, or what Slack would object to. `base` is the argument that holds it: `/blocks`. */
export function check<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  base: string,
): { value: z.output<Schema> } | { problems: Problem[] } {
  const result = schema.safeParse(value, { reportInput: true });
  return result.success
    ? { value: result.data }
    : { problems: result.error.issues.flatMap((issue) => toProblems(issue, base)) };
}

type Issue = z.core.$ZodIssue;

const toPointer = (path: readonly PropertyKey[]): string => path.map((part) => `/${String(part)}`).join('');

function toProblems(issue: Issue, base: string): Problem[] {
  const pointer = base + toPointer(issue.path);
  const isMissing = issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
  if (isMissing) return [missing(issue.path, base)];
  switch (issue.code) {
    case 'invalid_type':
      return [{ message: `must provide ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`, pointer }];
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ message: `invalid additional property: ${key}`, pointer }));
    case 'too_big':
    case 'too_small':
      return [{ message: describeBound(issue), pointer }];
    case 'invalid_union':
      return [unionProblem(issue, pointer, base)];
    case 'invalid_value':
      return [{ message: 'must be a valid enum value', pointer }];
    default:
      return [{ message: issue.message, pointer }];
  }
}

function missing(path: readonly PropertyKey[], base: string): Problem {
  return { message: `missing required field: ${String(path.at(-1))}`, pointer: base + toPointer(path.slice(0, -1)) };
}

function describeBound(issue: Issue & { code: 'too_big' | 'too_small' }): string {
  const isText = issue.origin === 'string';
  if (issue.code === 'too_big') {
    return isText
      ? `must be less than ${Number(issue.maximum) + 1} characters`
      : `no more than ${issue.maximum} items allowed`;
  }
  return isText
    ? `must be more than ${Number(issue.minimum) - 1} characters`
    : `must provide at least ${issue.minimum} items`;
}

function unionProblem({ input, path }: Issue, pointer: string, base: string): Problem {
  if (typeof input !== 'object' || input === null) return { message: 'must provide an object', pointer };
  const type: unknown = Reflect.get(input, 'type');
  if (type === undefined) return missing([...path.slice(0, -1), 'type'], base);
  return { message: `unsupported type: ${String(type)}`, pointer };
}
