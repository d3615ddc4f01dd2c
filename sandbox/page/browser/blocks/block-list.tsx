import type { MessageBlock, ModalBlock } from '../../../workspace/block-kit/blocks.js';
import { InOrder } from '../in-order.js';
import { ActionElementView } from './action-element.js';
import { CardView } from './card.js';
import { Carousel } from './carousel.js';
import { withEmoji } from './emoji.js';
import { Image } from './image.js';
import { InputBlockView } from './input-block.js';
import { RichText } from './rich-text.js';
import { MrkdwnText, Text } from './text.js';

type Block = MessageBlock | ModalBlock;

/** Block Kit, as far as the stand-in lets it in. */
export function BlockList({ blocks }: { blocks: readonly Block[] }) {
  return (
    <div className="blocks">
      {blocks.map((block) => (
        <div key={block.block_id} className={`block ${block.type}`}>
          <BlockView block={block} />
        </div>
      ))}
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.type) {
    case 'section':
      return <Section block={block} />;
    case 'header':
      return <h3>{withEmoji(block.text.text)}</h3>;
    case 'divider':
      return <hr />;
    case 'context':
      return (
        <InOrder items={block.elements}>
          {(element) =>
            element.type === 'image' ? (
              <Image image={element} className="context-image" opens={false} />
            ) : (
              <Text text={element} />
            )
          }
        </InOrder>
      );
    case 'actions':
      return block.elements.map((element) => (
        <ActionElementView key={element.action_id} element={element} blockId={block.block_id ?? ''} />
      ));
    case 'image':
      return (
        <figure>
          {block.title && <figcaption>{withEmoji(block.title.text)}</figcaption>}
          <Image image={block} className="block-image" />
        </figure>
      );
    case 'markdown':
      return <MrkdwnText text={block.text} />;
    case 'rich_text':
      return <RichText block={block} />;
    case 'card':
      return <CardView card={block} />;
    case 'carousel':
      return <Carousel block={block} />;
    case 'input':
      return <InputBlockView block={block} />;
  }
}

function Section({ block }: { block: Extract<Block, { type: 'section' }> }) {
  return (
    <>
      <div className="section-text">
        {block.text && (
          <p>
            <Text text={block.text} />
          </p>
        )}
        {block.fields && (
          <div className="section-fields">
            <InOrder items={block.fields}>
              {(field) => (
                <p>
                  <Text text={field} />
                </p>
              )}
            </InOrder>
          </div>
        )}
      </div>
      {block.accessory && (
        <div className="section-accessory">
          <ActionElementView element={block.accessory} blockId={block.block_id ?? ''} />
        </div>
      )}
    </>
  );
}
