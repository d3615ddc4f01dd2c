/** Calls carry JSON as text; a text that is no JSON stays what it is, for a schema to refuse. */
export function fromJson(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
