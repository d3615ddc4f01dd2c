import { z } from 'zod';
import type { SeenMessage } from '../../workspace/seen.js';
import { MrkdwnText } from './blocks/text.js';
import { InOrder } from './in-order.js';

/** The parts of Slack's old attachments that people read. https://docs.slack.dev/messaging/formatting-message-text#attachments */
const attachmentSchema = z.object({
  pretext: z.string().optional(),
  title: z.string().optional(),
  text: z.string().optional(),
  fallback: z.string().optional(),
});

const isImage = (name: string): boolean => /\.(png|jpe?g|gif)$/i.test(name);

export function Attachments({ attachments, files }: Pick<SeenMessage, 'attachments' | 'files'>) {
  return (
    <>
      <InOrder items={attachments}>{(attachment) => <Attachment attachment={attachment} />}</InOrder>
      {files.map(({ id, name, title }) => (
        <figure key={id}>
          <figcaption>{title || name}</figcaption>
          {isImage(name) && <img className="block-image" src={`/file?id=${id}`} alt={title || name} />}
        </figure>
      ))}
    </>
  );
}

function Attachment({ attachment }: { attachment: unknown }) {
  const parsed = attachmentSchema.safeParse(attachment);
  if (!parsed.success) return null;
  const { pretext, title, text, fallback } = parsed.data;
  return (
    <blockquote>
      {pretext && (
        <p>
          <MrkdwnText text={pretext} />
        </p>
      )}
      {title && (
        <p>
          <strong>{title}</strong>
        </p>
      )}
      <p>
        <MrkdwnText text={text ?? (title ? '' : (fallback ?? ''))} />
      </p>
    </blockquote>
  );
}
