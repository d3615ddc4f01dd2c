import { createHash } from 'node:crypto';
import PQueue from 'p-queue';
import { type Batch, isStored, type StoredImage } from '../core/batch/batch.js';
import type { ImageStore, LinkLife, PreviewFolder, PreviewStore, SheetCell } from '../core/batch/deps.js';
import { InputError } from '../core/errors.js';
import type { Log } from '../core/log.js';
import { createMemory } from './memory.js';

/** Once the app runs, or with the first image: loading sharp takes a seventh of the time in which the app starts. */
const loadSheets = () => import('./contact-sheet.js');

/** Of a single image, in bytes: what Slack downloads to show it. */
const maxPreviewBytes = 400_000;
/** As large as the only image of a sheet. Of a larger JPEG, only every second pixel is read for a sheet of four. */
const thumbnailSide = 1024;
/** Thumbnails of about 150 KB: those of batches that are being drawn. */
const maxThumbnails = 120;
const maxPublished = 2000;

/** Small JPEGs of a batch's images, made when a message first needs them and stored beside the images. */
export function createPreviews(images: ImageStore & PreviewStore, log: Log) {
  const thumbnails = createMemory<Buffer | undefined>(maxThumbnails);
  const published = createMemory<void>(maxPublished);
  const shrinking = new PQueue({ concurrency: 4 }); // as many as Node has threads for: the pixels of one take up to 8 MB
  const drawing = new PQueue({ concurrency: 1 }); // each takes some 10 MB, and every processor for its cells

  /** Resolves to undefined if there can be none: the other images are shown all the same. */
  function thumbnailOf(
    batch: { id: string },
    image: Pick<StoredImage, 'number' | 'seed'>,
    load: () => Promise<Uint8Array>,
  ): Promise<Buffer | undefined> {
    return thumbnails.get(`${batch.id}/${image.number}/${image.seed}`, async () => {
      const bytes = await load().catch(undefinedIfGone);
      if (!bytes) return undefined;
      return shrinking
        .add(() => shrink(bytes))
        .catch((error: unknown) => {
          log.warn('image left out of its sheet', { batch: batch.id, image: image.number, error });
          return undefined;
        });
    });
  }

  async function publish(
    folder: PreviewFolder,
    name: string,
    life: LinkLife,
    make: () => Promise<Buffer>,
  ): Promise<string> {
    await published.get(JSON.stringify([folder, name]), async () => {
      if (!(await images.hasPreview(folder, name))) await images.savePreview(folder, name, await drawing.add(make));
    });
    return images.signPreview(folder, name, life);
  }

  return {
    /** @throws if this machine cannot draw them */
    async prepare(): Promise<void> {
      await loadSheets();
    },

    /** Saves an image, and keeps a thumbnail for the sheets to come. Neither holds the image in memory for longer. */
    async save(...[batch, image, bytes, options]: Parameters<ImageStore['save']>): Promise<void> {
      await Promise.all([images.save(batch, image, bytes, options), thumbnailOf(batch, image, async () => bytes)]);
    },

    /** A link to all images of a batch in one; each state of the batch has a sheet of its own. */
    sheet(batch: Batch, cells: readonly SheetCell[], life: LinkLife): Promise<string> {
      const { settings } = batch;
      const stored = batch.images.filter(isStored);
      const { folder, name } = placeOfSheet(batch, cells);
      return publish(folder, name, life, async () => {
        const filled = cells.map(async (cell) => {
          const image = stored.find(({ number }) => number === cell.number);
          return { ...cell, image: image && (await thumbnailOf(batch, image, () => images.load(batch, image))) };
        });
        return (await loadSheets()).drawContactSheet(await Promise.all(filled), settings.aspectRatio);
      });
    },

    /** A link to one image as large as it is, as a JPEG of at most 400 KB. */
    single(batch: Batch, image: StoredImage, life: LinkLife): Promise<string> {
      const make = async () => (await loadSheets()).toJpeg(await images.load(batch, image), maxPreviewBytes);
      const { folder, name } = placeOfSingle(batch, image);
      return publish(folder, name, life, make);
    },

    /** A link to what a message has shown of a batch: its picked image, or all in one. undefined if that was never made. */
    async existing(batch: Batch, cells: readonly SheetCell[], life: LinkLife): Promise<string | undefined> {
      const picked = batch.images.filter(isStored).find(({ number }) => number === batch.pick?.number);
      const { folder, name } = picked ? placeOfSingle(batch, picked) : placeOfSheet(batch, cells);
      return (await images.hasPreview(folder, name)) ? images.signPreview(folder, name, life) : undefined;
    },
  };
}

function undefinedIfGone(error: unknown): undefined {
  if (!(error instanceof InputError)) throw error;
}

function placeOfSheet(batch: Batch, cells: readonly SheetCell[]): { folder: PreviewFolder; name: string } {
  const { workspaceId, channelId, id, settings } = batch;
  const seeds = batch.images.filter(isStored).map(({ number, seed }) => [number, seed]);
  const state = createHash('sha256')
    .update(JSON.stringify([cells, seeds, settings.aspectRatio]))
    .digest('hex')
    .slice(0, 16);
  const folder = seeds.length > 0 ? { workspaceId, channelId, id } : { workspaceId }; // empty ones are all alike
  return { folder, name: `sheet-${state}` };
}

function placeOfSingle({ workspaceId, channelId, id }: Batch, { number, seed }: StoredImage) {
  return { folder: { workspaceId, channelId, id }, name: `${number}-${seed}` };
}

async function shrink(image: Uint8Array): Promise<Buffer> {
  const { openOpaque } = await loadSheets();
  const small = await openOpaque(image, { width: thumbnailSide, height: thumbnailSide });
  return small.jpeg({ quality: 88, optimizeCoding: false }).toBuffer();
}
