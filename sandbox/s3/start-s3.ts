import { createServer } from 'node:http';
import { createFaults, type Faults } from '../faults.js';
import { type Listening, listen } from '../http.js';
import { createRecent } from '../recent.js';
import { type SandboxCredentials, sandboxCredentials } from '../signature/credentials.js';
import type { WireLog } from '../wire-log.js';
import { createObjectStore, type StoredObject } from './object-store.js';
import type { ConditionalWrites, ConditionHeader } from './operation.js';
import type { S3Fault, S3Request } from './s3-fault.js';
import { createS3Handler } from './serve-request.js';

export interface S3Options {
  /** 0, any free port, unless told. */
  port?: number;
  credentials?: readonly SandboxCredentials[];
  /** Where every bucket is; requests signed for another region are refused. `us-east-1` unless told. */
  region?: string;
  buckets: readonly string[];
  conditionalWrites?: ConditionalWrites;
  wireLog?: WireLog;
  now?: () => Date;
}

export interface SandboxS3 {
  url: string;
  faults: Faults<S3Request, S3Fault>;
  /** The last 2,000 that came and were understood, oldest first. */
  requests(): readonly S3Request[];
  /** Every object of a bucket, in the order of its key. */
  objects(bucket: string): readonly StoredObject[];
  object(bucket: string, key: string): StoredObject | undefined;
  /** Removes an object behind the app's back. */
  deleteObject(bucket: string, key: string): void;
  /** For both headers unless one is named. */
  setConditionalWrites(writes: ConditionalWrites, header?: ConditionHeader): void;
  /** As a bucket policy that lets anybody read every object. */
  setPublicRead(isPublic: boolean): void;
  /** Ends every connection and refuses new ones, as a server that is being restarted does, until `takeConnections`. */
  refuseConnections(): Promise<void>;
  takeConnections(): Promise<void>;
  close(): Promise<void>;
}

/** Serves the part of Amazon S3 that SUPPORTED.md lists, at a loopback address, path style. */
export async function startS3(options: S3Options): Promise<SandboxS3> {
  const { credentials = [sandboxCredentials], region = 'us-east-1', now = () => new Date() } = options;
  const store = createObjectStore(options.buckets);
  const faults = createFaults<S3Request, S3Fault>();
  const requests = createRecent<S3Request>();
  const { conditionalWrites: writes = 'supported' } = options;
  const conditionalWrites = { 'If-None-Match': writes, 'If-Match': writes };
  const settings = { publicRead: false };
  const handler = createS3Handler({
    store,
    credentials,
    region,
    now,
    faults,
    requests,
    conditionalWrites,
    publicRead: () => settings.publicRead,
    wireLog: options.wireLog,
  });
  let listening: Listening | undefined = await listen(createServer(handler), options.port);
  const { port } = listening;
  async function refuseConnections(): Promise<void> {
    await listening?.close();
    listening = undefined;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    faults,
    refuseConnections,
    async takeConnections() {
      listening ??= await listen(createServer(handler), port);
    },
    close: refuseConnections,
    requests: () => requests.all(),
    objects: (bucket) => store.bucket(bucket).all(),
    object: (bucket, key) => store.bucket(bucket).get(key),
    deleteObject: (bucket, key) => store.bucket(bucket).delete(key),
    setConditionalWrites(writes, header) {
      Object.assign(conditionalWrites, header ? { [header]: writes } : { 'If-None-Match': writes, 'If-Match': writes });
    },
    setPublicRead(isPublic) {
      settings.publicRead = isPublic;
    },
  };
}
