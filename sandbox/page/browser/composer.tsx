import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { InstalledCommand } from '../protocol.js';
import { IconButton } from './icons.js';

interface ComposerProps {
  label: string;
  /** Empty in threads, which take no commands. */
  commands: readonly InstalledCommand[];
  onSend: (text: string) => void;
}

/** Enter sends, Shift+Enter starts a new line, Tab completes a command. */
export function Composer({ label, commands, onSend }: ComposerProps) {
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const isCommand = /^\/\S*$/.test(text);
  const found = commands.filter(({ command }) => isCommand && command.startsWith(text) && command !== text);
  const [first] = found;

  const complete = ({ command }: InstalledCommand): void => {
    setText(`${command} `);
    field.current?.focus();
  };
  const send = (): void => {
    if (!text.trim()) return;
    onSend(text.trimEnd()); // a space before a slash makes a message of a command
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return; // Enter ends a Japanese word here, not the message
    const isEnter = event.key === 'Enter' && !event.shiftKey;
    if (!isEnter && !(first && event.key === 'Tab')) return;
    event.preventDefault();
    if (first) complete(first);
    else send();
  };
  return (
    <div className="composer row raised">
      {first && (
        <div id={`${id}-commands`} role="listbox" aria-label="Commands" className="popup completion raised">
          {found.map((installed) => (
            <button
              key={installed.command}
              type="button"
              role="option"
              aria-selected={installed === first}
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
        aria-expanded={first !== undefined}
        aria-controls={`${id}-commands`}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
      />
      <IconButton name="send" label="Send" className="send" disabled={!text.trim()} onClick={send} />
    </div>
  );
}
