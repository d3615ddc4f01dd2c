import type { z } from 'zod';
import { check, invalidArguments } from '../block-kit/problems.js';
import type { Context } from '../context.js';
import type { JsonObject } from '../model.js';

/** One method of the Web API. */
export interface Method {
  /** For an app-level token. */
  isOfApp?: true;
  /** Without it: `missing_scope`. */
  scope?: string;
  /** Returns the answer's fields beside `ok`; throws an ApiError. */
  run(context: Context, given: JsonObject): Promise<JsonObject> | JsonObject;
}

export type Methods = Readonly<Record<string, Method>>;

/** Arguments as the schema reads them. Throws `invalid_arguments`. */
export function parseArguments<Schema extends z.ZodType>(schema: Schema, given: JsonObject): z.output<Schema> {
  const checked = check(schema, given, '');
  if ('problems' in checked) throw invalidArguments(checked.problems);
  return checked.value;
}
