import { ActionView } from './action.js';
import { CardView, Carousel } from './cards.js';
import type { Block, BlockOf } from './host.js';
import { Image } from './image.js';
import { InputBlockView } from './input-block.js';
import { InOrder, RichText, Text } from './text.js';

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

/** https://docs.slack.dev/reference/block-kit/blocks */
function BlockView({ block }: { block: Block }) {
  switch (block.type) {
    case 'section':
      return <Section block={block} />;
    case 'divider':
      return <hr />;
    case 'context':
      return <InOrder items={block.elements}>{(element) => <Text text={element} />}</InOrder>;
    case 'actions':
      return block.elements.map((element) => (
        <ActionView key={element.action_id} element={element} blockId={block.block_id ?? ''} />
      ));
    case 'image':
      return (
        <figure>
          {block.title && <figcaption>{block.title.text}</figcaption>}
          <Image image={block} title={block.title?.text} className="block-image" />
        </figure>
      );
    case 'rich_text':
      return <RichText parts={block.elements} />;
    case 'card':
      return <CardView card={block} />;
    case 'carousel':
      return <Carousel block={block} />;
    case 'input':
      return <InputBlockView block={block} />;
  }
}

function Section({ block: { block_id = '', text, fields, accessory } }: { block: BlockOf<'section'> }) {
  return (
    <>
      <div className="section-text">
        {text && <Text text={text} />}
        {fields && (
          <div className="section-fields">
            <InOrder items={fields}>{(field) => <Text text={field} />}</InOrder>
          </div>
        )}
      </div>
      {accessory?.type === 'image' && <Image image={accessory} className="accessory-image" />}
      {accessory && accessory.type !== 'image' && <ActionView element={accessory} blockId={block_id} />}
    </>
  );
}
