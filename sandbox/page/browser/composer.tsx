import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { InstalledCommand } from '../protocol.js';
import { IconButton } from './icons.js';

interface ComposerProps {
  label: string;
  /** Empty in threads, which take no commands. */
  commands: readonly InstalledCommand[];
  onSend: (text: string, files: readonly File[]) => void;
}

/** Enter sends, Shift+Enter starts a new line, Tab completes a command. */
export function Composer({ label, commands, onSend }: ComposerProps) {
  const [text, setText] = useState('');
  const [files, setFiles] = useState<readonly File[]>([]);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const isCommand = /^\/\S*$/.test(text);
  const found = commands.filter(({ command }) => isCommand && command.startsWith(text) && command !== text);
  const [first] = found;
  const isEmpty = !text.trim() && files.length === 0;

  const complete = ({ command }: InstalledCommand): void => {
    setText(`${command} `);
    field.current?.focus();
  };
  const attach = (chosen: readonly File[]): void => {
    const names = new Set(chosen.map(({ name }) => name));
    setFiles([...files.filter(({ name }) => !names.has(name)), ...chosen]);
    field.current?.focus();
  };
  const send = (): void => {
    if (isEmpty) return;
    onSend(text.trimEnd(), files); // a space before a slash makes a message of a command
    setText('');
    setFiles([]);
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
      <AttachButton onChoose={attach} />
      {files.length > 0 && (
        <ul className="row attached" aria-label="Attached files">
          {files.map((file) => (
            <li key={file.name} className="row tag">
              {file.name}
              <IconButton
                name="close"
                label={`Remove ${file.name}`}
                onClick={() => setFiles(files.filter((other) => other !== file))}
              />
            </li>
          ))}
        </ul>
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
      <IconButton name="send" label="Send" className="send" disabled={isEmpty} onClick={send} />
    </div>
  );
}

function AttachButton({ onChoose }: { onChoose: (files: File[]) => void }) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton name="attach" label="Attach files" onClick={() => picker.current?.click()} />
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          onChoose([...(target.files ?? [])]);
          target.value = ''; // the same file can be chosen again
        }}
      />
    </>
  );
}
