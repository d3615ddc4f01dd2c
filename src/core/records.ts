/** A record as it was last read or written. The next write names its etag, so that of two writers only one wins. */
export interface Stored<Value> {
  key: string;
  value: Value;
  /** undefined: not in the bucket yet. */
  etag: string | undefined;
}

/** Records of one kind. Missing is `undefined`; a record that cannot be read is an `UnreadableRecordError`. */
export interface Records<Reference, Value> {
  load(reference: Reference): Promise<Stored<Value> | undefined>;
  /** Writes a record under a key that is never used twice. */
  create(value: Value): Promise<Stored<Value>>;
  /**
   * Applies a pure change. If another writer was first, the change is applied again on top of theirs, so it may run more
   * than once. A change that returns its own input writes nothing.
   */
  change(stored: Stored<Value>, change: (value: Value) => Value): Promise<Stored<Value>>;
}

/** The record is there but cannot be understood. The message has its key and quotes nothing of it. */
export class UnreadableRecordError extends Error {
  override readonly name = 'UnreadableRecordError';
}

/** Runs work one at a time per key, in the order it was added. A failure does not stop what comes after. */
export function createSerializer() {
  const last = new Map<string, Promise<unknown>>();
  return async <Result>(key: string, work: () => Promise<Result>): Promise<Result> => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(key, turn);
    try {
      return await turn;
    } finally {
      if (last.get(key) === turn) last.delete(key);
    }
  };
}

/** Changes to one record: those asked for while a write is under way go into the next write together. */
export function createWriter<Value>(records: Pick<Records<never, Value>, 'change'>, stored: Stored<Value>) {
  const serialize = createSerializer();
  let latest = stored;
  let gathered: ((value: Value) => Value)[] = [];
  let written: Promise<Value>; // of those gathered

  async function write(): Promise<Value> {
    const changes = gathered;
    gathered = [];
    latest = await records.change(latest, (value) => changes.reduce((changed, change) => change(changed), value));
    return latest.value;
  }

  return {
    get value(): Value {
      return latest.value;
    },
    /** Resolves to the record once this change is written. Fails if that write fails. */
    change(change: (value: Value) => Value): Promise<Value> {
      gathered.push(change);
      if (gathered.length === 1) written = serialize('', write); // the first of a group schedules its write
      return written;
    },
  };
}
