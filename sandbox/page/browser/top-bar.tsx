import type { AppStatus, ShownChannel } from '../protocol.js';
import { ChannelTitle } from './channel-pane.js';
import { Icon } from './icons.js';
import { useTheme } from './use-theme.js';

export interface Open {
  tools: boolean;
  channels: boolean;
}

interface TopBarProps {
  channel: ShownChannel;
  name: string;
  status: AppStatus;
  isConnected: boolean;
  open: Open;
  onToggle: (part: keyof Open) => void;
}

const statusWords: Record<AppStatus, string> = {
  connected: 'App connected',
  connecting: 'App starting',
  stopped: 'App stopped',
};

/** Where the person is, how the app is, and the page's own switches. */
export function TopBar({ channel, name, status, isConnected, open, onToggle }: TopBarProps) {
  const [theme, nextTheme] = useTheme();
  return (
    <header className="top-bar">
      <button
        type="button"
        className="icon-button narrow-only"
        aria-label="Channels"
        aria-expanded={open.channels}
        onClick={() => onToggle('channels')}
      >
        <Icon name="menu" />
      </button>
      <ChannelTitle channel={channel} name={name} />
      <p className="app-status" role="status">
        <span className={`light ${isConnected ? status : 'stopped'}`} aria-hidden="true" />
        <span>{isConnected ? statusWords[status] : 'Sandbox not reachable'}</span>
      </p>
      <button
        type="button"
        className="icon-button"
        aria-label={`Theme: ${theme}`}
        title={`Theme: ${theme}`}
        onClick={nextTheme}
      >
        <Icon name={theme} />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label="Behind the scenes"
        title="Behind the scenes"
        aria-expanded={open.tools}
        onClick={() => onToggle('tools')}
      >
        <Icon name="tools" />
      </button>
    </header>
  );
}
