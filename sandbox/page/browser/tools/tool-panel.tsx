import { type ReactNode, useState } from 'react';
import type { Screen, WireLine } from '../../protocol.js';
import { Icon } from '../icons.js';
import { AppControl } from './app-control.js';
import { BucketList } from './bucket-list.js';
import { TroubleList } from './trouble-list.js';
import { WireList } from './wire-list.js';

interface ToolPanelProps {
  screen: Screen;
  wire: readonly WireLine[];
  onClose: () => void;
}

const tabs = ['Wire', 'Bucket', 'Trouble', 'App'] as const;
type Tab = (typeof tabs)[number];

/** For the curious: what goes over the wire, what is kept, and how to make things go wrong. */
export function ToolPanel({ screen, wire, onClose }: ToolPanelProps) {
  const [tab, setTab] = useState<Tab>('Wire');
  const contents: Record<Tab, ReactNode> = {
    Wire: <WireList lines={wire} />,
    Bucket: <BucketList changes={wire.findLast(({ service }) => service === 's3')?.id ?? 0} />,
    Trouble: <TroubleList troubles={screen.troubles} switches={screen.switches} />,
    App: <AppControl status={screen.app.status} />,
  };
  return (
    <aside className="tool-panel" aria-label="Behind the scenes">
      <header className="pane-header">
        <div role="tablist" aria-label="Behind the scenes" className="tabs">
          {tabs.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`tab-${name}`}
              aria-selected={name === tab}
              aria-controls="tool-content"
              onClick={() => setTab(name)}
            >
              {name}
            </button>
          ))}
        </div>
        <button type="button" className="icon-button" aria-label="Close the panel" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div id="tool-content" role="tabpanel" aria-labelledby={`tab-${tab}`} className="tool-content">
        {contents[tab]}
      </div>
    </aside>
  );
}
