import { useState } from 'react';
import type { ImageElement } from '../../../workspace/block-kit/images.js';
import { Dialog } from '../dialog.js';
import { useBlockHost } from './block-host.js';

interface ImageProps {
  image: ImageElement;
  className?: string;
  /** Icons are looked at where they stand; images open large. */
  opens?: boolean;
}

/** An image as Slack shows it: its own copy, and in its place a broken one where there is none. */
export function Image({ image, className = '', opens = true }: ImageProps) {
  const { findImage } = useBlockHost();
  const [failed, setFailed] = useState('');
  const [isOpen, setOpen] = useState(false);
  const found = findImage(image);
  const problem = 'problem' in found ? found.problem : failed === found.source ? 'broken image' : undefined;
  if (problem !== undefined || 'problem' in found) return <BrokenImage altText={image.alt_text} problem={problem} />;
  const { source } = found;
  const shown = <img className={className} src={source} alt={image.alt_text} onError={() => setFailed(source)} />;
  if (!opens) return shown;
  return (
    <>
      <button
        type="button"
        className="image-button"
        aria-label={`Open ${image.alt_text}`}
        onClick={() => setOpen(true)}
      >
        {shown}
      </button>
      {isOpen && (
        <Dialog title={image.alt_text} onClose={() => setOpen(false)} size="image">
          <img src={source} alt={image.alt_text} />
        </Dialog>
      )}
    </>
  );
}

function BrokenImage({ altText, problem }: { altText: string; problem: string | undefined }) {
  return (
    <span className="broken-image" role="img" aria-label={`${problem}: ${altText}`}>
      <span>{problem}</span>
      <span className="muted">{altText}</span>
    </span>
  );
}
