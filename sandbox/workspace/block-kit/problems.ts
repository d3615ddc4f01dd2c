import type { z } from 'zod';

/** What Slack objects to, and where: `no more than 25 items allowed [json-pointer:/blocks/1/elements]`. */
export interface Problem {
  message: string;
  /** RFC 6901, from the call's arguments on: `/blocks/1/image_url`. */
  pointer: string;
}

export const toText = ({ message, pointer }: Problem): string => `${message} [json-pointer:${pointer}]`;

type Issue = z.core.$ZodIssue;

const toPointer = (path: readonly PropertyKey[]): string => path.map((part) => `/${String(part)}`).join('');

function describeBound(issue: Issue & { code: 'too_big' | 'too_small' }): string {
  if (issue.code === 'too_big') {
    return issue.origin === 'string'
      ? `must be less than ${Number(issue.maximum) + 1} characters`
      : `no more than ${issue.maximum} items allowed`;
  }
  return issue.origin === 'string'
    ? `must be more than ${Number(issue.minimum) - 1} characters`
    : `must provide at least ${issue.minimum} items`;
}

function article(expected: string): string {
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}

function missing(path: readonly PropertyKey[], base: string): Problem {
  return { message: `missing required field: ${String(path.at(-1))}`, pointer: base + toPointer(path.slice(0, -1)) };
}

function toProblems(issue: Issue, base: string): Problem[] {
  const pointer = base + toPointer(issue.path);
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? [missing(issue.path, base)]
        : [{ message: `must provide ${article(issue.expected)}`, pointer }];
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ message: `invalid additional property: ${key}`, pointer }));
    case 'too_big':
    case 'too_small':
      return [{ message: describeBound(issue), pointer }];
    case 'invalid_union':
      return [unionProblem(issue, pointer, base)];
    case 'invalid_value':
      return issue.input === undefined
        ? [missing(issue.path, base)]
        : [{ message: 'must be a valid enum value', pointer }];
    default:
      return [{ message: issue.message, pointer }];
  }
}

function unionProblem(issue: Issue & { code: 'invalid_union' }, pointer: string, base: string): Problem {
  const { input } = issue;
  if (typeof input !== 'object' || input === null) return { message: 'must provide an object', pointer };
  const type: unknown = Reflect.get(input, 'type');
  if (type === undefined) return missing([...issue.path.slice(0, -1), 'type'], base);
  return { message: `unsupported type: ${String(type)}`, pointer };
}

/** The value as the schema reads it, or all that Slack would object to. `base` is the argument that holds it: `/blocks`. */
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
