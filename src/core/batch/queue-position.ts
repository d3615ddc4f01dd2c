import type { LimitRefusal } from '../errors.js';
import type { GeneratedImage, ImageModelRequest } from '../image-model.js';
import type { Batch } from './batch.js';

/** How long the first image of a batch has to wait for its model, as far as anybody can tell. */
export interface QueuePosition {
  /** Images that come before. */
  ahead: number;
  /** 0 where the quota leaves room, and only other images are being drawn. */
  milliseconds: number;
}

/** An image's place, where its batch has one. */
export interface Ticket {
  batchId: string;
  /** Told once the image had to wait and its turn has come. */
  onTurn(): void;
  /** Asked before each call of the model: an image whose batch another process took over is not paid for. */
  isHeld(): Promise<boolean>;
}

export type DrawImage = (
  modelId: string,
  request: Omit<ImageModelRequest, 'abortSignal'>,
  ticket?: Ticket,
) => Promise<GeneratedImage>;

/** The models' lines, one for each, as whoever asks for a batch sees them. */
export interface Lines {
  /** Keeps places for all images of a batch, at once: nobody else can take them before they are drawn. */
  join(batch: Batch): { refusal: LimitRefusal } | { place: QueuePosition | undefined };
  /** Gives back the places that the batch did not use. */
  leave(batchId: string): void;
}
