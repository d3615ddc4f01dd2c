import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { LinkedImageStore, LinkLife } from '../aws/image-store.js';
import type { Batch, StoredImage } from '../core/batch/batch.js';
import type { BatchReference } from '../core/ids.js';
import { compress, drawContactSheet, type SheetCell } from './contact-sheet.js';

/** Of a single image, in bytes: what Slack downloads to show it. */
const maxPreviewBytes = 1_000_000;
/** A cell of a sheet is no larger, in pixels. */
const thumbnailSide = 800;
/** Thumbnails of about 100 KB: those of batches that are being drawn. */
const maxThumbnails = 120;
const maxKnown = 2000;

/** What a cell of a sheet says; its image is that of the batch, if there is one. */
export type CellText = Omit<SheetCell, 'image'>;

export type Previews = ReturnType<typeof createPreviews>;

/** Small JPEGs of a batch's images, made when a message first needs them and stored beside the images. */
export function createPreviews(images: LinkedImageStore) {
  const thumbnails = new Map<string, Promise<Buffer>>();
  const known = new Set<string>();

  const idOf = ({ id }: BatchReference, { number, seed }: Pick<StoredImage, 'number' | 'seed'>) =>
    `${id}/${number}/${seed}`;

  function remember(id: string, thumbnail: Promise<Buffer>): Promise<Buffer> {
    thumbnail.catch(() => thumbnails.delete(id));
    thumbnails.set(id, thumbnail);
    for (const [oldest] of thumbnails) if (thumbnails.size > maxThumbnails) thumbnails.delete(oldest);
    return thumbnail;
  }

  const thumbnailOf = (batch: Batch, image: StoredImage): Promise<Buffer> =>
    thumbnails.get(idOf(batch, image)) ?? remember(idOf(batch, image), images.load(batch, image).then(shrink));

  async function publish(batch: Batch, name: string, life: LinkLife, make: () => Promise<Buffer>): Promise<string> {
    const id = `${batch.id}/${name}`;
    if (!known.has(id) && !(await images.hasPreview(batch, name))) await images.savePreview(batch, name, await make());
    if (known.size >= maxKnown) known.clear();
    known.add(id);
    return images.signPreview(batch, name, life);
  }

  return {
    /** Saves an image, and keeps a thumbnail for the sheets to come. */
    async save(...[batch, image, bytes, options]: Parameters<LinkedImageStore['save']>): Promise<void> {
      await images.save(batch, image, bytes, options);
      void remember(idOf(batch, image), shrink(bytes));
    },

    /** A link to all images of a batch in one; each state of the batch has a sheet of its own. */
    sheet(batch: Batch, cells: readonly CellText[], life: LinkLife): Promise<string> {
      const stored = new Map(
        batch.images.flatMap((image) => (image.state === 'stored' ? [[image.number, image] as const] : [])),
      );
      const seeds = [...stored.values()].map(({ number, seed }) => [number, seed]);
      const state = createHash('sha256')
        .update(JSON.stringify([cells, seeds]))
        .digest('hex')
        .slice(0, 16);
      return publish(batch, `sheet-${state}`, life, async () => {
        const filled = cells.map(async (cell) => {
          const image = stored.get(cell.number);
          return { ...cell, image: image && (await thumbnailOf(batch, image)) };
        });
        return drawContactSheet(await Promise.all(filled), batch.settings.aspectRatio);
      });
    },

    /** A link to one image as large as it is, as a JPEG of at most 1 MB. */
    single(batch: Batch, image: StoredImage, life: LinkLife): Promise<string> {
      const make = async () => compress(await images.load(batch, image), maxPreviewBytes);
      return publish(batch, `${image.number}-${image.seed}`, life, make);
    },
  };
}

function shrink(image: Uint8Array): Promise<Buffer> {
  const size = { width: thumbnailSide, height: thumbnailSide, fit: 'inside', withoutEnlargement: true } as const;
  return sharp(image).resize(size).flatten({ background: '#ffffff' }).jpeg({ quality: 88 }).toBuffer();
}
