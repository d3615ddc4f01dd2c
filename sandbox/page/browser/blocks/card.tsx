import type { MessageBlock } from '../../../workspace/block-kit/blocks.js';
import { ButtonElementView } from './button.js';
import { Image } from './image.js';
import { Text } from './text.js';

type Card = Extract<MessageBlock, { type: 'card' }>;

/** https://docs.slack.dev/reference/block-kit/blocks/card-block */
export function CardView({ card }: { card: Card }) {
  const { hero_image, icon, title, subtitle, body, subtext, actions } = card;
  return (
    <article className="card">
      {hero_image && <Image image={hero_image} className="card-image" />}
      <div className="card-text">
        <div className="card-head">
          {icon && <Image image={icon} className="card-icon" opens={false} />}
          <div>
            {title && (
              <p className="card-title">
                <Text text={title} />
              </p>
            )}
            {subtitle && (
              <p className="muted">
                <Text text={subtitle} />
              </p>
            )}
          </div>
        </div>
        {body && (
          <p>
            <Text text={body} />
          </p>
        )}
        {subtext && (
          <p className="muted small">
            <Text text={subtext} />
          </p>
        )}
      </div>
      {actions && (
        <div className="card-actions">
          {actions.map((button) => (
            <ButtonElementView key={button.action_id} element={button} blockId={card.block_id ?? ''} />
          ))}
        </div>
      )}
    </article>
  );
}
