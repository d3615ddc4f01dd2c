import type { z } from 'zod';
import type { eitherText } from '../../../workspace/block-kit/text.js';
import { InOrder } from '../in-order.js';
import { useBlockHost } from './block-host.js';
import { toEmoji, withEmoji } from './emoji.js';
import { type Mrkdwn, parseMrkdwn } from './parse-mrkdwn.js';

type TextObject = z.infer<ReturnType<typeof eitherText>>;

/** A text object, plain or in Slack's markup. */
export function Text({ text }: { text: TextObject }) {
  if (text.type === 'mrkdwn') return <MrkdwnText text={text.text} />;
  return <span className="plain-text">{text.emoji === false ? text.text : withEmoji(text.text)}</span>;
}

export function MrkdwnText({ text }: { text: string }) {
  return (
    <span className="plain-text">
      <Nodes nodes={parseMrkdwn(text)} />
    </span>
  );
}

function Nodes({ nodes }: { nodes: readonly Mrkdwn[] }) {
  return <InOrder items={nodes}>{(node) => <Node node={node} />}</InOrder>;
}

function Node({ node }: { node: Mrkdwn }) {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'code':
      return <code>{node.text}</code>;
    case 'preformatted':
      return <pre>{node.text}</pre>;
    case 'bold':
      return (
        <strong>
          <Nodes nodes={node.children} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Nodes nodes={node.children} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <Nodes nodes={node.children} />
        </s>
      );
    case 'quote':
      return (
        <blockquote>
          <Nodes nodes={node.children} />
        </blockquote>
      );
    case 'link':
      return <Link url={node.url}>{node.label}</Link>;
    case 'user':
      return <UserMention id={node.id} />;
    case 'channel':
      return <ChannelMention id={node.id} label={node.label} />;
    case 'broadcast':
      return <span className="mention mine">@{node.name}</span>;
    case 'emoji':
      return toEmoji(node.name);
  }
}

/** Only pages are opened: an address such as `javascript:` stays text. */
export function Link({ url, children }: { url: string; children: string }) {
  if (!/^(https?|mailto):/.test(url)) return children;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}

export function UserMention({ id }: { id: string }) {
  const { names, viewer } = useBlockHost();
  return <span className={id === viewer ? 'mention mine' : 'mention'}>@{names.get(id) ?? id}</span>;
}

export function ChannelMention({ id, label }: { id: string; label?: string }) {
  const { channelNames } = useBlockHost();
  return <span className="mention">#{(channelNames.get(id) ?? label) || 'private channel'}</span>;
}
