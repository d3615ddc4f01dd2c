import { BlocksRefusedError, valueAt } from '../api/blocks-refused.js';
import type { BatchView } from './batch-message.js';
import type { SlackMessage } from './elements.js';
import type { Preview } from './previews.js';

/** Resolves after that long. */
export type Pause = (milliseconds: number) => Promise<void>;

/** Between two tries of an image that Slack failed to download. */
export const downloadPauseMilliseconds = 1000;

/**
 * Sends a batch as well as Slack will take it. An image whose download failed is tried once more; refused images become
 * words with a link; a refused carousel becomes a stack of images; at last all previews are words. Every step shows less
 * than the one before, or tries an image for the last time, so this ends.
 * @returns the view that Slack took
 */
export async function showView(
  view: BatchView,
  build: (view: BatchView) => SlackMessage,
  send: (message: SlackMessage) => Promise<void>,
  pause: Pause,
): Promise<BatchView> {
  const triedAgain = new Set<string>();
  let next: BatchView | undefined = view;
  for (;;) {
    const message = build(next);
    try {
      await send(message);
      return next;
    } catch (error) {
      if (!(error instanceof BlocksRefusedError)) throw error;
      const blamed = blamedUrls(next, message, error.pointers);
      const spared = error.isDownloadFailure ? blamed.filter((url) => !triedAgain.has(url)) : [];
      await prepareNextTry(spared, triedAgain, pause);
      next = viewAfter(next, blamed, spared);
      if (!next) throw error;
    }
  }
}

async function prepareNextTry(spared: readonly string[], triedAgain: Set<string>, pause: Pause): Promise<void> {
  for (const url of spared) triedAgain.add(url);
  if (spared.length > 0) await pause(downloadPauseMilliseconds);
}

/** The same view if every blamed image gets another try. */
function viewAfter(view: BatchView, blamed: readonly string[], spared: readonly string[]): BatchView | undefined {
  const givenUp = blamed.filter((url) => !spared.includes(url));
  return spared.length > 0 && givenUp.length === 0 ? view : simplify(view, givenUp);
}

function simplify(view: BatchView, blamed: readonly string[]): BatchView | undefined {
  const withoutBlamed = refuse(view.previews, (url) => blamed.includes(url));
  if (withoutBlamed) return { ...view, previews: withoutBlamed };
  if (view.layout === 'carousel') return { ...view, layout: 'images' };
  const withoutAny = refuse(view.previews, () => true);
  return withoutAny && { ...view, previews: withoutAny };
}

/** The shown images that Slack points at. */
function blamedUrls({ previews }: BatchView, message: SlackMessage, pointers: readonly string[]): string[] {
  const blamed = new Set(pointers.map((pointer) => blamedUrl(valueAt(message, pointer))));
  return [...previews.values()].flatMap((preview) =>
    preview.kind === 'shown' && blamed.has(preview.url) ? [preview.url] : [],
  );
}

/** Slack points at an address, or at the image that has it. */
function blamedUrl(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'image_url' in value ? value.image_url : value;
}

/** undefined where no shown preview is refused. */
function refuse(
  previews: ReadonlyMap<number, Preview>,
  isRefused: (url: string) => boolean,
): ReadonlyMap<number, Preview> | undefined {
  const refused = [...previews].flatMap(([number, preview]): [number, Preview][] =>
    preview.kind === 'shown' && isRefused(preview.url) ? [[number, { kind: 'refused', url: preview.url }]] : [],
  );
  return refused.length > 0 ? new Map([...previews, ...refused]) : undefined;
}
