import { z } from 'zod';

/** What a modal carries with it: which of the person's drafts it belongs to, where to draw, and what it has told already. The rest is in the draft. */
const metadataSchema = z.object({
  channelId: z.string(),
  draftId: z.string(),
  /** How often the prompt was filled anew: part of its block_id. */
  round: z.int().nonnegative().catch(0),
  /** The person has read that the words do not look English. */
  warned: z.boolean().catch(false),
});

export type FormMetadata = z.infer<typeof metadataSchema>;

export function writeMetadata(metadata: FormMetadata): string {
  return JSON.stringify(metadata);
}

/** Throws where it is none of ours. */
export function readMetadata(text: string): FormMetadata {
  return metadataSchema.parse(JSON.parse(text));
}
