import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { InstalledCommand } from '../protocol.js';
import { Icon } from './icons.js';

interface ComposerProps {
  label: string;
  /** Empty where commands cannot be used, as in threads. */
  commands: readonly InstalledCommand[];
  onSend: (text: string) => void;
}

/** The commands that what is typed could become. */
const findCommands = (commands: readonly InstalledCommand[], text: string): readonly InstalledCommand[] =>
  /^\/\S*$/.test(text) ? commands.filter(({ command }) => command.startsWith(text) && command !== text) : [];

/** Where messages and commands are typed. Enter sends, Shift and Enter begins a new line, Tab completes a command. */
export function Composer({ label, commands, onSend }: ComposerProps) {
  const [text, setText] = useState('');
  const [isDismissed, setDismissed] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const found = isDismissed ? [] : findCommands(commands, text);
  const [first] = found;

  const type = (typed: string): void => {
    setText(typed);
    setDismissed(false);
  };
  const complete = ({ command }: InstalledCommand): void => {
    type(`${command} `);
    field.current?.focus();
  };
  const send = (): void => {
    if (!text.trim()) return;
    onSend(text.trim());
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return; // Enter ends a word of Japanese here, not the message
    if (first && (event.key === 'Tab' || event.key === 'Enter')) {
      event.preventDefault();
      complete(first);
    } else if (event.key === 'Escape') {
      setDismissed(true);
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  };
  return (
    <div className="composer">
      {found.length > 0 && (
        <div id={`${id}-commands`} role="listbox" aria-label="Commands" className="completion">
          {found.map((installed, index) => (
            <button
              key={installed.command}
              id={`${id}-${index}`}
              type="button"
              role="option"
              aria-selected={index === 0}
              tabIndex={-1}
              onClick={() => complete(installed)}
            >
              <strong>{installed.command}</strong> <span className="muted">{installed.usageHint}</span>
              <span className="hint">{installed.description}</span>
            </button>
          ))}
        </div>
      )}
      <textarea
        ref={field}
        rows={Math.min(8, text.split('\n').length)}
        aria-label={label}
        placeholder={label}
        value={text}
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={`${id}-commands`}
        aria-autocomplete="list"
        aria-activedescendant={first ? `${id}-0` : undefined}
        onChange={({ target }) => type(target.value)}
        onKeyDown={onKeyDown}
      />
      <button type="button" className="icon-button send" aria-label="Send" disabled={!text.trim()} onClick={send}>
        <Icon name="send" />
      </button>
    </div>
  );
}
