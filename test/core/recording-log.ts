import type { Log, LogFields } from '../../src/core/log.js';

export interface RecordingLog extends Log {
  lines: { severity: keyof Log; event: string; fields: LogFields | undefined }[];
}

export function createRecordingLog(): RecordingLog {
  const lines: RecordingLog['lines'] = [];
  const write = (severity: keyof Log) => (event: string, fields?: LogFields | (() => LogFields)) => {
    lines.push({ severity, event, fields: typeof fields === 'function' ? fields() : fields });
  };
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
