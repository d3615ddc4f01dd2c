import { useEffect, useRef, useState } from 'react';
import { Icon } from '../icons.js';
import { ButtonView } from './action.js';
import type { BlockOf } from './host.js';
import { Image } from './image.js';
import { Text } from './text.js';

/** https://docs.slack.dev/reference/block-kit/blocks/card-block */
export function CardView({ card }: { card: BlockOf<'card'> }) {
  const { block_id = '', hero_image, title, subtitle, body, actions } = card;
  return (
    <article className="card raised">
      {hero_image && <Image image={hero_image} className="card-image" />}
      <div className="card-text">
        {title && <Text text={title} className="card-title" />}
        {subtitle && <Text text={subtitle} className="muted small" />}
        {body && <Text text={body} />}
      </div>
      {actions && (
        <div className="card-actions">
          {actions.map((button) => (
            <ButtonView key={button.action_id} button={button} blockId={block_id} />
          ))}
        </div>
      )}
    </article>
  );
}

/** Cards side by side. https://docs.slack.dev/reference/block-kit/blocks/carousel-block */
export function Carousel({ block }: { block: BlockOf<'carousel'> }) {
  const row = useRef<HTMLUListElement>(null);
  const [hasMore, setHasMore] = useState({ left: false, right: false });
  useEffect(() => {
    const shown = row.current;
    if (!shown) return;
    const measure = (): void => {
      const left = shown.scrollLeft > 4;
      const right = shown.scrollLeft + shown.clientWidth < shown.scrollWidth - 4;
      setHasMore((before) => (before.left === left && before.right === right ? before : { left, right }));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(shown);
    shown.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      shown.removeEventListener('scroll', measure);
    };
  }, []);
  const chevron = (side: 'left' | 'right', label: string, direction: number) =>
    hasMore[side] && (
      <button
        type="button"
        className={`chevron raised ${side}`}
        aria-label={label}
        onClick={() => row.current?.scrollBy({ left: direction * row.current.clientWidth * 0.8, behavior: 'smooth' })}
      >
        <Icon name={side} />
      </button>
    );
  return (
    <section className="carousel" aria-label={`Carousel of ${block.elements.length} cards`}>
      <ul ref={row}>
        {block.elements.map((card) => (
          <li key={card.block_id}>
            <CardView card={card} />
          </li>
        ))}
      </ul>
      {chevron('left', 'Earlier cards', -1)}
      {chevron('right', 'Later cards', 1)}
    </section>
  );
}
