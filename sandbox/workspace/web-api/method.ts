import { z } from 'zod';
import { fromJson } from '../../json.js';
import { invalidArguments } from '../api-error.js';
import { check } from '../block-kit/problems.js';
import type { Context } from '../context.js';
import type { JsonObject } from '../model.js';

/** One method of the Web API. */
export interface Method {
  token: 'bot' | 'app';
  /** Without it: `missing_scope`. */
  scope?: string;
  /** The answer's fields beside `ok`; throws an ApiError. */
  run(context: Context, given: JsonObject): Promise<JsonObject> | JsonObject;
}

export type Methods = Readonly<Record<string, Method>>;

/** Arguments as the schema reads them; throws `invalid_arguments`. */
export function parseArguments<Schema extends z.ZodType>(schema: Schema, given: JsonObject): z.output<Schema> {
  const checked = check(schema, given, '');
  if ('problems' in checked) throw invalidArguments(checked.problems);
  return checked.value;
}

/** An argument that a form carries as JSON text. */
export const jsonArgument = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(fromJson, schema);
