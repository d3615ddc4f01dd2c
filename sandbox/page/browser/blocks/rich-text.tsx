import type { ReactNode } from 'react';
import type { MessageBlock } from '../../../workspace/block-kit/blocks.js';
import type { RichTextElement } from '../../../workspace/block-kit/rich-text.js';
import { InOrder } from '../in-order.js';
import { toEmoji } from './emoji.js';
import { ChannelMention, Link, UserMention } from './text.js';

type RichTextBlock = Extract<MessageBlock, { type: 'rich_text' }>;
type Part = RichTextBlock['elements'][number];

export function RichText({ block }: { block: RichTextBlock }) {
  return <InOrder items={block.elements}>{(part) => <RichTextPart part={part} />}</InOrder>;
}

function RichTextPart({ part }: { part: Part }) {
  switch (part.type) {
    case 'rich_text_section':
      return (
        <p>
          <Pieces elements={part.elements} />
        </p>
      );
    case 'rich_text_quote':
      return (
        <blockquote>
          <Pieces elements={part.elements} />
        </blockquote>
      );
    case 'rich_text_preformatted':
      return (
        <pre>
          <Pieces elements={part.elements} />
        </pre>
      );
    case 'rich_text_list': {
      const List = part.style === 'ordered' ? 'ol' : 'ul';
      return (
        <List className={`indent-${part.indent ?? 0}`}>
          <InOrder items={part.elements}>
            {(item) => (
              <li>
                <Pieces elements={item.elements} />
              </li>
            )}
          </InOrder>
        </List>
      );
    }
  }
}

function Pieces({ elements }: { elements: readonly RichTextElement[] }) {
  return <InOrder items={elements}>{(element) => <Piece element={element} />}</InOrder>;
}

const styleTags = { bold: 'strong', italic: 'em', strike: 's', underline: 'u', code: 'code' } as const;

function Piece({ element }: { element: RichTextElement }) {
  const style = 'style' in element ? (element.style ?? {}) : {};
  let piece: ReactNode = <PlainPiece element={element} />;
  for (const [name, Tag] of Object.entries(styleTags)) {
    if (Object.entries(style).some(([key, isSet]) => key === name && isSet)) piece = <Tag>{piece}</Tag>;
  }
  return piece;
}

function PlainPiece({ element }: { element: RichTextElement }) {
  switch (element.type) {
    case 'text':
      return element.text;
    case 'link':
      return <Link url={element.url}>{element.text ?? element.url}</Link>;
    case 'user':
      return <UserMention id={element.user_id} />;
    case 'channel':
      return <ChannelMention id={element.channel_id} />;
    case 'usergroup':
      return <span className="mention">@{element.usergroup_id}</span>;
    case 'broadcast':
      return <span className="mention mine">@{element.range}</span>;
    case 'emoji':
      return toEmoji(element.name);
  }
}
