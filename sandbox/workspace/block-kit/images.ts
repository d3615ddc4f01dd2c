import { z } from 'zod';

/** https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object */
const slackFile = z
  .strictObject({
    id: z
      .string()
      .regex(/^F[A-Z0-9]{8,}$/, 'invalid slack file')
      .optional(),
    url: z.string().max(3000).optional(),
  })
  .refine((file) => (file.id === undefined) !== (file.url === undefined), 'must define either `id` or `url`');

export const imageFields = {
  type: z.literal('image'),
  image_url: z.string().min(1).max(3000).optional(),
  slack_file: slackFile.optional(),
  alt_text: z.string().min(1).max(2000),
};

export const hasOneSource = (image: { image_url?: string | undefined; slack_file?: object | undefined }): boolean =>
  (image.image_url === undefined) !== (image.slack_file === undefined);

export const oneSource = 'must define either `image_url` or `slack_file`';

/** https://docs.slack.dev/reference/block-kit/block-elements/image-element */
export const imageElement = z.strictObject(imageFields).refine(hasOneSource, oneSource);

export type ImageElement = z.infer<typeof imageElement>;
