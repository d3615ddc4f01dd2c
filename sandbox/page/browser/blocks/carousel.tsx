import { useEffect, useRef, useState } from 'react';
import type { MessageBlock } from '../../../workspace/block-kit/blocks.js';
import { Icon } from '../icons.js';
import { CardView } from './card.js';

type CarouselBlock = Extract<MessageBlock, { type: 'carousel' }>;

/** Cards side by side, scrolled by touch, wheel, arrow keys or chevrons. https://docs.slack.dev/reference/block-kit/blocks/carousel-block */
export function Carousel({ block }: { block: CarouselBlock }) {
  const row = useRef<HTMLUListElement>(null);
  const [room, setRoom] = useState({ left: false, right: false });
  useEffect(() => {
    const shown = row.current;
    if (!shown) return;
    const measure = (): void => {
      const left = shown.scrollLeft > 4;
      const right = shown.scrollLeft + shown.clientWidth < shown.scrollWidth - 4;
      setRoom((before) => (before.left === left && before.right === right ? before : { left, right }));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(shown);
    for (const card of shown.children) observer.observe(card);
    shown.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      shown.removeEventListener('scroll', measure);
    };
  }, []);
  const scroll = (direction: number) =>
    row.current?.scrollBy({ left: direction * row.current.clientWidth * 0.8, behavior: 'smooth' });
  return (
    <section className="carousel" aria-label={`Carousel of ${block.elements.length} cards`}>
      <ul ref={row}>
        {block.elements.map((card) => (
          <li key={card.block_id}>
            <CardView card={card} />
          </li>
        ))}
      </ul>
      {room.left && (
        <button type="button" className="chevron left" aria-label="Earlier cards" onClick={() => scroll(-1)}>
          <Icon name="left" />
        </button>
      )}
      {room.right && (
        <button type="button" className="chevron right" aria-label="Later cards" onClick={() => scroll(1)}>
          <Icon name="right" />
        </button>
      )}
    </section>
  );
}
