import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { fromJson } from '../../json.js';
import { ApiError } from '../api-error.js';
import type { JsonObject } from '../model.js';

const fromForm = (text: string): JsonObject => Object.fromEntries(new URLSearchParams(text));

function fromJsonBody(text: string): JsonObject {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch (cause) {
    throw Object.assign(new ApiError('invalid_json'), { cause });
  }
}

/** A call's arguments: query, then form or JSON body. https://docs.slack.dev/apis/web-api/#basics */
export function readArguments(request: IncomingMessage, url: URL, body: Buffer): JsonObject {
  const type = request.headers['content-type'] ?? '';
  const text = body.toString('utf8');
  const inBody = type.startsWith('application/json') ? fromJsonBody(text || '{}') : fromForm(text);
  return { ...Object.fromEntries(url.searchParams), ...inBody };
}

const secrets = new Set(['token', 'trigger_id']);
const carriedAsJson = new Set(['blocks', 'attachments', 'metadata', 'view', 'files']);

/** The arguments for logs and faults: without secrets, and JSON that a form carries as text read. */
export function loggedArguments(given: JsonObject): JsonObject {
  const shown = Object.entries(given).filter(([name]) => !secrets.has(name));
  return Object.fromEntries(shown.map(([name, value]) => [name, carriedAsJson.has(name) ? fromJson(value) : value]));
}
