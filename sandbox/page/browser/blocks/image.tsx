import { useState } from 'react';
import { Dialog } from '../dialog.js';
import { type ImageSource, useBlockHost } from './host.js';

interface ImageProps {
  image: ImageSource;
  /** Above the large image; defaults to the alternative text. */
  title?: string | undefined;
  className: string;
}

/** Slack's copy of an image; a click opens it large. */
export function Image({ image, title, className }: ImageProps) {
  const { reloadsImages } = useBlockHost();
  const [failed, setFailed] = useState('');
  const [isOpen, setOpen] = useState(false);
  const { alt_text, image_url, slack_file } = image;
  const source = image_url
    ? `/image?url=${encodeURIComponent(image_url)}${reloadsImages ? '&again' : ''}`
    : `/file?id=${slack_file?.id}`;
  if (failed === source) {
    return (
      <span className="broken-image raised" role="img" aria-label={`broken image: ${alt_text}`}>
        broken image
        <span className="muted">{alt_text}</span>
      </span>
    );
  }
  return (
    <>
      <button type="button" className="image-button" aria-label={`Open ${alt_text}`} onClick={() => setOpen(true)}>
        <img className={className} src={source} alt={alt_text} onError={() => setFailed(source)} />
      </button>
      {isOpen && (
        <Dialog title={title ?? alt_text} onClose={() => setOpen(false)} size="image">
          <img src={source} alt={alt_text} />
        </Dialog>
      )}
    </>
  );
}
