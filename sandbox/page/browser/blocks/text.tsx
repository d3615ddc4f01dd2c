import { nameToEmoji } from 'gemoji';
import { createElement, Fragment, type MouseEvent, type ReactNode } from 'react';
import { type BlockOf, type TextObject, useBlockHost } from './host.js';
import { type Piece, parseMrkdwn } from './parse-mrkdwn.js';

/** A text object, plain or in Slack's markup. */
export function Text({ text, className = '' }: { text: TextObject; className?: string }) {
  const isPlain = text.type === 'plain_text';
  const pieces = isPlain ? [text.emoji === false ? text.text : withEmoji(text.text)] : parseMrkdwn(text.text);
  return (
    <span className={`text ${className}`}>
      <Pieces pieces={pieces} />
    </span>
  );
}

export const MrkdwnText = ({ text }: { text: string }) => <Text text={{ type: 'mrkdwn', text }} />;

export const withEmoji = (text: string): string =>
  text.replace(/:([a-z0-9_+-]+):/g, (typed, name: string) => nameToEmoji[name] ?? typed);

function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  return <InOrder items={pieces}>{(piece) => <PieceView piece={piece} />}</InOrder>;
}

function PieceView({ piece }: { piece: Piece }) {
  if (typeof piece === 'string') return withEmoji(piece);
  if ('mention' in piece) return <Mention {...piece} />;
  if ('link' in piece) return <Link url={piece.link}>{piece.label}</Link>;
  return 'code' in piece ? (
    <code>{piece.code}</code>
  ) : (
    <strong>
      <Pieces pieces={piece.strong} />
    </strong>
  );
}

function Mention({ mention, label }: { mention: string; label: string }) {
  const { names, viewer } = useBlockHost();
  const sign = mention.startsWith('C') ? '#' : '@';
  const className = mention === viewer ? 'mention mine' : 'mention';
  return <span className={className}>{sign + (names.get(mention) ?? (label || mention))}</span>;
}

/** Only web pages and mail are linked: an address such as `javascript:` stays text. */
function Link({ url, children }: { url: string; children: string }) {
  const { linkedMessage, goTo } = useBlockHost();
  if (!/^(https?|mailto):/.test(url)) return children;
  const onClick = (event: MouseEvent): void => {
    const message = linkedMessage(url);
    if (!message) return;
    event.preventDefault();
    goTo(message);
  };
  return (
    <a href={url} target="_blank" rel="noreferrer" onClick={onClick}>
      {children}
    </a>
  );
}

type RichTextPart = BlockOf<'rich_text'>['elements'][number];

/** Sections and quotes of text, links and mentions. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export function RichText({ parts }: { parts: readonly RichTextPart[] }) {
  return (
    <InOrder items={parts}>
      {(part) => {
        const Tag = part.type === 'rich_text_quote' ? 'blockquote' : 'p';
        return (
          <Tag className="text">
            <InOrder items={part.elements}>{(element) => <RichTextElement element={element} />}</InOrder>
          </Tag>
        );
      }}
    </InOrder>
  );
}

function RichTextElement({ element }: { element: RichTextPart['elements'][number] }) {
  switch (element.type) {
    case 'text':
      return element.style?.bold ? <strong>{element.text}</strong> : element.text;
    case 'link':
      return <Link url={element.url}>{element.text ?? element.url}</Link>;
    case 'user':
      return <Mention mention={element.user_id} label="" />;
    case 'channel':
      return <Mention mention={element.channel_id} label="" />;
  }
}

interface InOrderProps<Item> {
  items: readonly Item[];
  children: (item: Item) => ReactNode;
}

/** Renders items that have no IDs: children that React gets one by one need no keys. */
export function InOrder<Item>({ items, children }: InOrderProps<Item>) {
  return createElement(Fragment, null, ...items.map((item) => children(item)));
}
