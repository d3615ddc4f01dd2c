import type { BatchView } from './blocks/batch-message.js';
import type { SlackMessage } from './blocks/elements.js';
import type { Preview } from './blocks/previews.js';
import { BlocksRefusedError, valueAt } from './blocks-refused.js';

/**
 * Sends a batch as well as Slack will take it. Refused pictures become words with a link; a refused carousel becomes a
 * stack of images; at last all previews are words. Every step shows less than the one before, so this ends.
 * @returns the view that Slack took
 */
export async function showView(
  view: BatchView,
  build: (view: BatchView) => SlackMessage,
  send: (message: SlackMessage) => Promise<void>,
): Promise<BatchView> {
  let simpler: BatchView | undefined = view;
  for (;;) {
    const message = build(simpler);
    try {
      await send(message);
      return simpler;
    } catch (error) {
      if (!(error instanceof BlocksRefusedError)) throw error;
      simpler = simplify(simpler, message, error.pointers);
      if (!simpler) throw error;
    }
  }
}

function simplify(view: BatchView, message: SlackMessage, pointers: readonly string[]): BatchView | undefined {
  const blamed = new Set(pointers.map((pointer) => blamedUrl(valueAt(message, pointer))));
  const withoutBlamed = refuse(view.previews, (url) => blamed.has(url));
  if (withoutBlamed) return { ...view, previews: withoutBlamed };
  if (view.layout === 'carousel') return { ...view, layout: 'images' };
  const withoutAny = refuse(view.previews, () => true);
  return withoutAny && { ...view, previews: withoutAny };
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
