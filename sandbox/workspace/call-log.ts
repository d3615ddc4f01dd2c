import { createRecent } from '../recent.js';
import type { WireLog } from '../wire-log.js';
import type { CallRecord } from './options.js';

/** What a presigned URL must not leave in a log. */
const signed = /(X-Amz-(?:Signature|Security-Token|Credential)=)[^&"\s]+/gi;

export const redact = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null).replace(signed, '$1(removed)'));

export interface CallLog {
  records(): readonly CallRecord[];
  add(record: CallRecord): void;
}

export function createCallLog(wireLog: WireLog | undefined, changed: () => void): CallLog {
  const records = createRecent<CallRecord>();
  return {
    records: () => records.all(),
    add(record) {
      records.add(record);
      wireLog?.record({
        service: 'slack',
        direction: 'in',
        operation: record.method,
        status: record.error ?? 'ok',
        detail: redact(record.arguments),
      });
      changed();
    },
  };
}
