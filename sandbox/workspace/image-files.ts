import type { MessageBlock } from './block-kit/blocks.js';
import type { ImageElement } from './block-kit/images.js';
import { imagesIn } from './block-kit/walk.js';
import type { Context } from './context.js';
import type { SlackFile } from './model.js';

const shownTypes = ['image/png', 'image/jpeg', 'image/gif'];

const privateUrl = (context: Context, file: SlackFile): string =>
  `${context.url()}/files-pri/${context.state.team.id}-${file.id}/${encodeURIComponent(file.name)}`;

/** The file an image shows, if there is one that can be shown yet. */
export function findImageFile(context: Context, image: ImageElement): SlackFile | undefined {
  const wanted = image.slack_file;
  const file = [...context.state.files.values()].find(
    (candidate) => candidate.id === wanted?.id || privateUrl(context, candidate) === wanted?.url,
  );
  const isReady =
    file?.isComplete && file.processedAt.getTime() <= context.now().getTime() && shownTypes.includes(file.mediaType);
  return isReady ? file : undefined;
}

/** A new message shares the files that its images show; an update does not. */
export function shareImageFiles(context: Context, blocks: readonly MessageBlock[], channel: string): void {
  for (const { image } of imagesIn(blocks, '')) {
    if (image.slack_file) findImageFile(context, image)?.sharedIn.add(channel);
  }
}
