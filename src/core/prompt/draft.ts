import { z } from 'zod';
import { batchReferenceSchema, slackFileIdSchema, slackIdSchema } from '../ids.js';
import { imageMediaTypes, operationNames } from '../image-model.js';
import { visibilities } from './preferences.js';

/** A draft is found by who fills in the form, never by what the form carries alone, so that no user reaches another's. */
export const draftReferenceSchema = batchReferenceSchema.omit({ channelId: true }).extend({ userId: slackIdSchema });
export type DraftReference = z.infer<typeof draftReferenceSchema>;

const moodSchema = z.enum(['positive', 'negative', 'neutral', 'mixed']);

/** An image that a user gave for this batch of the workspace. */
const givenImageSchema = batchReferenceSchema
  .omit({ workspaceId: true })
  .extend({ mediaType: z.enum(imageMediaTypes), number: z.int().nonnegative() });

/**
 * What a form needs and Slack's 3,000 characters of private_metadata do not hold, or should not: the post's text, and an
 * address that posts. In the bucket while the form is open, so that submitting works after a restart.
 */
export const draftSchema = z.object({
  version: z.literal(1),
  ...draftReferenceSchema.shape,
  channelId: slackIdSchema,
  threadTs: z.string().optional(),
  /** The whole prompt, if it is longer than an input takes. */
  wholePrompt: z.string().optional(),
  /** How many images; left out, the usual number. */
  count: z.int().positive().optional(),
  responseUrl: z.url().optional(),
  /** The form was opened in a private message, which the images replace. */
  replaces: z.boolean().optional(),
  visibility: z.enum(visibilities).optional(),
  parent: z.object({ id: z.string(), link: z.url().optional(), number: z.int().positive().optional() }).optional(),
  /** Of the form for an operation: what is to be made of which image. */
  operation: z
    .object({
      name: z.enum(operationNames),
      batch: batchReferenceSchema,
      number: z.int().positive(),
      /** The draft of the modal below the form. */
      below: z.string().optional(),
      /** The user has read that the words do not look English. */
      warned: z.boolean().optional(),
    })
    .optional(),
  /** An image to work from if the user likes: of the post, or the one that an earlier batch worked from. */
  image: z.union([z.object({ fileId: slackFileIdSchema }), givenImageSchema]).optional(),
  post: z
    .object({
      authorId: z.string().optional(),
      text: z.string(),
      mood: moodSchema.optional(),
      language: z.string().optional(),
      /** Why nothing more is known of it. */
      notRead: z.enum(['off', 'unsupported_language', 'throttled', 'denied', 'timed_out', 'unavailable']).optional(),
      /** Typed into a command, not a message of Slack's. */
      isTyped: z.boolean().optional(),
      /** Where its text goes while the form is open. */
      sentTo: z.array(z.enum(['analysis', 'writer'])).optional(),
      /** Prompts are being written: the form is shown without them. */
      isWriting: z.boolean().optional(),
      /** What the prompts come from; left out while they are being written. */
      from: z.enum(['writer', 'key_phrases', 'first_sentence', 'nothing']).optional(),
      /** Why the writer wrote none. */
      notWritten: z.enum(['off', 'denied', 'throttled', 'timed_out', 'unusable', 'unavailable']).optional(),
      /** What the writer is told of it, without personal data: "New ideas" does not analyze the text again. */
      material: z
        .object({
          text: z.string(),
          names: z.array(z.string()),
          keyPhrases: z.array(z.string()),
        })
        .optional(),
    })
    .optional(),
  /** The prompts to choose from. The form carries them as they were edited. */
  ideas: z
    .object({
      /** Counts the sets of ideas, from 1: part of their block_ids. */
      round: z.int().positive(),
      /** The title is empty if the writer did not write it. */
      proposals: z.array(z.object({ title: z.string(), prompt: z.string() })).min(1),
    })
    .optional(),
});

export type Draft = z.infer<typeof draftSchema>;
export type DraftPost = NonNullable<Draft['post']>;
export type DraftIdeas = NonNullable<Draft['ideas']>;
export type DraftImage = NonNullable<Draft['image']>;

export interface DraftStore {
  save(draft: Draft): Promise<void>;
  /** undefined if there is none, or none that can be read. */
  load(reference: DraftReference): Promise<Draft | undefined>;
  remove(reference: DraftReference): Promise<void>;
  /** Removes every draft whose ID, and so whose time, is before this one; returns how many. */
  removeBefore(workspaceId: string, id: string, stopped: AbortSignal): Promise<number>;
}
