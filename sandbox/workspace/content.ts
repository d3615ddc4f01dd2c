import { z } from 'zod';
import { fromJson } from '../json.js';
import { ApiError, invalidBlocks } from './api-error.js';
import { type MessageBlock, messageBlock } from './block-kit/blocks.js';
import { withIds } from './block-kit/complete.js';
import { check, type Problem } from './block-kit/problems.js';
import { duplicateIds } from './block-kit/unique.js';
import { imagesIn, type PlacedImage } from './block-kit/walk.js';
import type { Context } from './context.js';
import { findImageFile } from './image-files.js';
import type { JsonObject, MessageMetadata } from './model.js';

/** What a message is made of, however it comes in. */
export interface RawContent {
  text?: string | undefined;
  blocks?: unknown;
  attachments?: unknown;
  metadata?: unknown;
}

export interface Content {
  text: string;
  blocks: readonly MessageBlock[];
  attachments: readonly JsonObject[];
  metadata?: MessageMetadata | undefined;
}

const textLimit = 40_000; // longer texts are cut: https://docs.slack.dev/reference/methods/chat.postMessage
const blocksLimit = 50;
const attachmentsLimit = 100;
const markdownLimit = 12_000; // of all markdown blocks together

const metadataSchema = z.strictObject({
  event_type: z.string().min(1),
  event_payload: z.record(z.string(), z.unknown()),
});

function refuseOverlongMarkdown(blocks: readonly MessageBlock[]): Problem[] {
  const total = blocks.reduce((sum, block) => sum + (block.type === 'markdown' ? block.text.length : 0), 0);
  return total > markdownLimit
    ? [{ message: `markdown text must be less than ${markdownLimit + 1} characters in all`, pointer: '/blocks' }]
    : [];
}

function refuseCarousels(blocks: readonly MessageBlock[]): Problem[] {
  return blocks.flatMap((block, index) =>
    block.type === 'carousel' ? [{ message: 'unsupported type: carousel', pointer: `/blocks/${index}/type` }] : [],
  );
}

function parseBlocks(context: Context, raw: unknown): readonly MessageBlock[] {
  const list = z.array(z.looseObject({})).safeParse(raw);
  if (!list.success) throw new ApiError('invalid_blocks_format');
  if (list.data.length > blocksLimit) throw new ApiError('msg_blocks_too_many');
  const checked = check(z.array(messageBlock), list.data, '/blocks');
  if ('problems' in checked) throw invalidBlocks(checked.problems);
  const problems = [
    ...duplicateIds(checked.value, '/blocks'),
    ...refuseOverlongMarkdown(checked.value),
    ...(context.settings.carousels ? [] : refuseCarousels(checked.value)),
  ];
  if (problems.length > 0) throw invalidBlocks(problems);
  return z.array(messageBlock).parse(withIds(checked.value, () => context.ids.next('b')));
}

async function imageProblem(context: Context, { image, pointer }: PlacedImage): Promise<Problem | undefined> {
  if (image.image_url !== undefined) {
    const downloaded = await context.images.download(image.image_url);
    return downloaded ? undefined : { message: 'downloading image failed', pointer: `${pointer}/image_url` };
  }
  const file = findImageFile(context, image);
  return file ? undefined : { message: 'invalid slack file', pointer: `${pointer}/slack_file` };
}

async function admitImages(context: Context, blocks: readonly MessageBlock[]): Promise<void> {
  const images = imagesIn(blocks, '/blocks');
  const found = await Promise.all(images.map((image) => imageProblem(context, image)));
  // A section's accessory that cannot be loaded is shown as broken: https://github.com/slackapi/java-slack-sdk/issues/1396
  const problems = found.flatMap((problem, index) => (problem && !images[index]?.isAccessory ? [problem] : []));
  if (problems.length > 0) throw invalidBlocks(problems);
}

function parseAttachments(raw: unknown): readonly JsonObject[] {
  const list = z.array(z.record(z.string(), z.unknown())).safeParse(raw ?? []);
  if (!list.success) throw new ApiError('invalid_attachments');
  if (list.data.length > attachmentsLimit) throw new ApiError('too_many_attachments');
  return list.data;
}

function parseMetadata(raw: unknown): MessageMetadata | undefined {
  if (raw === undefined || raw === null) return undefined;
  if (typeof raw !== 'object') throw new ApiError('invalid_metadata_format');
  if (Object.keys(raw).length === 0) return undefined;
  const metadata = metadataSchema.safeParse(raw);
  if (!metadata.success) throw new ApiError('invalid_metadata_schema');
  return metadata.data;
}

/** The message as Slack takes it, its images downloaded; throws what Slack refuses it with. */
export async function admitContent(context: Context, raw: RawContent): Promise<Content> {
  const content: Content = {
    text: (raw.text ?? '').slice(0, textLimit),
    blocks: parseBlocks(context, fromJson(raw.blocks ?? [])),
    attachments: parseAttachments(fromJson(raw.attachments)),
    metadata: parseMetadata(fromJson(raw.metadata)),
  };
  if (content.text === '' && content.blocks.length === 0 && content.attachments.length === 0) {
    throw new ApiError('no_text');
  }
  await admitImages(context, content.blocks);
  return content;
}
