import type { FailureReason, LimitRefusal } from '../errors.js';
import type { BatchReference, Person } from '../ids.js';
import type { ImageMediaType, InputImage, OperationName } from '../image-model.js';
import type { Log, Observe } from '../log.js';
import type { Operation } from '../model-catalog.js';
import type { Records, Stored } from '../records.js';
import type { Batch, BatchImage, ClickedMessage, Destination, DrawnImage, Source, StoredImage } from './batch.js';
import type { ImageTask } from './draw-image.js';
import type { Job, JobRecord, JobReference, OpenJob, ProcessReference } from './job.js';
import type { Usage, UsageReference } from './usage.js';

/** What the use cases of a batch work with. Each takes the part that it needs: `Pick<BatchDeps, …>`. */
export interface BatchDeps {
  batches: BatchRecords;
  history: BatchHistory;
  usage: UsageRecords;
  images: ImageStore;
  inputs: Inputs;
  operations: OfferedOperations;
  limits: Limits;
  /** A batch that began longer ago than this died with its process, and no longer counts as running. */
  maxBatchMilliseconds: number;
  /** Left out: every prompt may be drawn. */
  checkPrompt?: CheckPrompt | undefined;
  queues: ModelQueues;
  openJob: OpenJob;
  /** Draws what the batch of a job lacks. */
  enqueue(job: Job, stored: Stored<Batch>): void;
  messages: BatchMessages;
  observe: Observe;
  log: Log;
  now(): Date;
  pause(milliseconds: number): Promise<void>;
  /** A ULID. */
  newId(): string;
  /** From 0 up to, not including, 1. */
  random(): number;
}

/** What users may ask for. Left out is unlimited; an empty list of those allowed allows everyone. */
export interface Limits {
  imagesPerUserPerDay: number | undefined;
  imagesPerWorkspacePerDay: number | undefined;
  /** Batches of one user that wait or run at once. */
  batchesPerUser: number;
  allowedUsers: readonly string[];
  blockedUsers: readonly string[];
  allowedChannels: readonly string[];
  blockedChannels: readonly string[];
}

/** Resolves if these texts may be drawn. @throws RequestError that says why not */
export type CheckPrompt = (texts: readonly string[]) => Promise<void>;

export interface BatchRecords extends Records<BatchReference, Batch> {
  /** Also makes the batch loadable by another channel, to which it is brought. */
  addPlace(batch: BatchReference, channelId: string): Promise<void>;
}

/** Heartbeats: a process says now and then that it lives. */
export interface Heartbeats {
  beat(process: ProcessReference): Promise<void>;
  /** With the time of each one's last beat, by the bucket's clock. */
  list(workspaceId: string): Promise<(ProcessReference & { beatAt: Date })[]>;
  remove(process: ProcessReference): Promise<void>;
}

export interface JobRecords extends Records<JobReference, JobRecord> {
  /** undefined if another writer was first, or the record is gone. */
  replace(stored: Stored<JobRecord>, record: JobRecord): Promise<Stored<JobRecord> | undefined>;
  remove(reference: JobReference): Promise<void>;
  list(workspaceId: string): Promise<JobReference[]>;
}

export interface UsageRecords {
  /** `noUsage` if nothing was counted. */
  load(reference: UsageReference): Promise<Usage>;
  /** A pure change, which may run more than once. */
  change(reference: UsageReference, change: (usage: Usage) => Usage): Promise<Usage>;
}

/** Finds batches without their channel: by requester and by short ID. */
export interface BatchHistory {
  enter(batch: Batch): Promise<void>;
  /** The last batches this user asked for, in any conversation, newest first. */
  newest(person: Person, count: number): Promise<BatchReference[]>;
  /**
   * Every batch of the workspace with this name: hardly ever more than one.
   * @param name a batch ID, or its last six characters, in any case
   */
  named(workspaceId: string, name: string): Promise<BatchReference[]>;
}

export interface ImageStore {
  /** Keeps trying until the deadline, and reports each attempt that failed. */
  save(reference: BatchReference, image: DrawnImage, bytes: Uint8Array, options: SaveOptions): Promise<void>;
  /** The image drawn for this seed, which was saved but may not be recorded. */
  find(
    reference: BatchReference,
    image: Pick<DrawnImage, 'number' | 'askedSeed'>,
  ): Promise<(DrawnImage & { byteLength: number }) | undefined>;
  /** The image that a user gave for this batch. */
  saveInput(reference: BatchReference, mediaType: ImageMediaType, bytes: Uint8Array): Promise<void>;
  removeInput(reference: BatchReference, mediaType: ImageMediaType): Promise<void>;
  /** @throws InputError `gone` if the bucket does not have it */
  load(reference: BatchReference, image: Pick<StoredImage, 'number' | 'mediaType'>): Promise<Uint8Array>;
  /** So that a rule of the bucket, which deletes what was not chosen, leaves it. May be done twice. */
  markPicked(reference: BatchReference, image: Pick<StoredImage, 'number' | 'mediaType'>): Promise<void>;
  /** False if such a rule has deleted it. Always true if images are not marked: then nothing is asked of the bucket. */
  isThere(reference: BatchReference, image: Pick<StoredImage, 'number' | 'mediaType'>): Promise<boolean>;
}

/** Images to work from. */
export interface Inputs {
  /**
   * As the operation takes it, scaled down if it has to be.
   * @throws InputError
   */
  load(workspaceId: string, source: Source, operation: OperationName): Promise<InputImage>;
  /**
   * Stores an image that a user gave, upright, without metadata and no larger than a model needs, in the folder of the
   * batch that is to work from it.
   * @throws InputError if it cannot be read as a PNG, JPEG or WebP, or does not fit the operation
   */
  keep(reference: BatchReference, bytes: Uint8Array, operation: OperationName): Promise<Source>;
}

/** What users may have made of an image. */
export interface OfferedOperations {
  list(): readonly Operation[];
  /** The account may not call this model: what it makes is not offered for a while. */
  disable(modelId: string, reason: FailureReason): void;
}

export interface LinkLife {
  expiresInSeconds: number;
  signedAt: Date;
}

/** Smaller JPEGs made of a batch's images, by name, beside them. */
export interface PreviewStore {
  hasPreview(folder: PreviewFolder, name: string): Promise<boolean>;
  savePreview(folder: PreviewFolder, name: string, bytes: Uint8Array): Promise<void>;
  /** A link that anyone may open until it expires. */
  signPreview(folder: PreviewFolder, name: string, life: LinkLife): Promise<string>;
}

/** A batch, or the workspace for what all batches share. */
export type PreviewFolder = BatchReference | { workspaceId: string };

/** What a contact sheet says of one image. */
export interface SheetCell {
  number: number;
  /** Shown in place of an image. */
  text?: string;
  /** What tells the image from the others. */
  label?: string;
}

export interface SaveOptions {
  deadline: AbortSignal;
  onRetry(error: unknown): void;
}

/** How long the first image of a batch has to wait for its model, by estimate. */
export interface QueuePosition {
  ahead: number;
  /** 0 if the quota leaves room, and only other images are being drawn. */
  milliseconds: number;
}

export interface ImageEvents {
  /** Called when the image starts, if it had to wait. */
  onStart(): void;
  /** The image is drawn, and saving it takes longer than usual. */
  onSaving(): void;
  /**
   * An image whose batch another process claimed is not paid for twice. Asked before each call of the model, unless all
   * processes share a queue, where an image is there only once.
   */
  isHeld(): Promise<boolean>;
  /** Another process may have recorded that the batch is stopped. Asked like `isHeld`, if the image had to wait. */
  isStopped(): Promise<boolean>;
}

/** Draws images within the quotas of their models, in rounds: each user's next image, then each user's one after that. */
export interface ModelQueues {
  /**
   * Reserves room for all images of a batch at once.
   * @throws RequestError if the queue cannot be reached
   */
  enqueue(batch: Batch): Promise<{ refusal: LimitRefusal } | { position: QueuePosition | undefined }>;
  /** Gives back the room that the batch did not use. */
  release(batchId: string): void;
  /**
   * Draws and saves one image once it is its turn; a task that was added before is not drawn twice. Never rejects: a
   * failure is in the answer and in the log. undefined if the image is left to the process that holds the batch now.
   */
  draw(task: ImageTask, events: ImageEvents): Promise<BatchImage | undefined>;
  /** Images of this batch that have not begun, or wait to be tried again, end as `stopped`, and their room is free. */
  stop(batch: Batch): void;
}

/** The outcome of an update. `gone`: the message cannot be changed, or there never was one. `late`: trying again may help. */
export type OwnMessage = 'shown' | 'gone' | 'late';

export interface AnnounceOptions {
  responseUrl: string | undefined;
  position: QueuePosition | undefined;
  /** The response_url is that of a click in a private message, which gives way to the new batch. */
  replaces: boolean;
}

/** What users see of a batch. */
export interface BatchMessages {
  /** Shows that work has begun, or that it waits, and says where. */
  announce(batch: Batch, options: AnnounceOptions): Promise<Destination>;
  follow(batch: Batch): BatchFollower;
  /** Updates the batch's own message. Never rejects. */
  updateOwn(batch: Batch): Promise<OwnMessage>;
  /** Shows a pick in place of the message that was clicked. */
  showPick(batch: Batch, clicked: ClickedMessage): Promise<void>;
  /** Shows the batch as it is now in place of the message that was clicked. */
  showClicked(batch: Batch, clicked: ClickedMessage): Promise<void>;
  /** Deletes a private message. Never rejects: if it stays, its buttons are decided by the record. */
  removePrivateCopy(clicked: ClickedMessage): Promise<void>;
  /** A copy that Slack keeps for good, by its file ID; undefined if the bot may not upload. */
  uploadPick(batch: Batch): Promise<string | undefined>;
  /** Deletes such copies. Never rejects: one that stays is in the log. */
  deleteFiles(fileIds: readonly string[]): Promise<void>;
  /** Shows a batch to its requester alone. */
  notifyRequester(batch: Batch, responseUrl: string | undefined): Promise<void>;
  /** Shows a batch to the user who asks for it, with a button that shares it. */
  showPrivately(batch: Batch, asker: { userId: string; responseUrl: string }): Promise<void>;
  /**
   * Posts the batch for everyone as a new message; undefined if that is none of the bot's own.
   * @throws RequestError if it was not posted, or perhaps was
   */
  share(batch: Batch, clicked: ClickedMessage): Promise<Destination | undefined>;
}

/** The message of one batch, kept up to date. */
export interface BatchFollower {
  /** Shows this state soon, or a later one in its place. */
  update(batch: Batch): void;
  /**
   * Shows this state at once and for good; if its message cannot be changed any more, notifies the requester.
   * @param responseUrl of the request: a way to reach the requester
   */
  finish(batch: Batch, responseUrl: string | undefined): Promise<void>;
  close(): void;
}
