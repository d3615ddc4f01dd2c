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

const parsedSchema = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('no JSON');
      return z.NEVER;
    }
  })
  .pipe(metadataSchema);

export type FormMetadata = z.infer<typeof metadataSchema>;

export function writeMetadata(metadata: FormMetadata): string {
  return JSON.stringify(metadata);
}

/** What is none of ours names no draft and no conversation. */
export function readMetadata(text: string): FormMetadata {
  return parsedSchema.safeParse(text).data ?? { channelId: '', draftId: '', round: 0, warned: false };
}
