import { type ReactNode, useEffect, useState } from 'react';
import type { AppStatus, Screen, ShownObject, WireLine } from '../protocol.js';
import { IconButton } from './icons.js';
import { change, read } from './server.js';

const tabs = ['Wire', 'Bucket', 'Faults', 'App'] as const;
type Tab = (typeof tabs)[number];

/** What goes over the wire, what is stored, and how to make things go wrong. */
export function ToolPanel({ screen, onClose }: { screen: Screen; onClose: () => void }) {
  const [tab, setTab] = useState<Tab>('Wire');
  const contents: Record<Tab, ReactNode> = {
    Wire: <WireList lines={screen.wire} />,
    Bucket: <BucketList version={screen.wire.findLast(({ service }) => service === 's3')?.id ?? 0} />,
    Faults: <FaultList screen={screen} />,
    App: <AppControl status={screen.app.status} />,
  };
  return (
    <aside aria-label="Behind the scenes">
      <header className="row">
        <div role="tablist" aria-label="Behind the scenes" className="tabs">
          {tabs.map((name) => (
            <button key={name} type="button" role="tab" aria-selected={name === tab} onClick={() => setTab(name)}>
              {name}
            </button>
          ))}
        </div>
        <IconButton name="close" label="Close the panel" onClick={onClose} />
      </header>
      <div role="tabpanel" aria-label={tab} className="tool-content">
        {contents[tab]}
      </div>
    </aside>
  );
}

/** Reads a path again whenever it changes. */
function useRead<Shape>(path: string): Shape | undefined {
  const [found, setFound] = useState<Shape>();
  useEffect(() => {
    let isCurrent = true;
    read<Shape>(path).then((answer) => {
      if (isCurrent) setFound(answer);
    });
    return () => {
      isCurrent = false;
    };
  }, [path]);
  return found;
}

/** JSON that is loaded when it is shown. */
const Json = ({ path }: { path: string }) => <pre>{JSON.stringify(useRead<unknown>(path), null, 2)}</pre>;

function Details({ summary, children }: { summary: ReactNode; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <li>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary className="row">{summary}</summary>
        {isOpen && children}
      </details>
    </li>
  );
}

/** The newest calls between the app and the stand-ins, newest first. */
function WireList({ lines }: { lines: readonly WireLine[] }) {
  if (lines.length === 0) return <p className="muted">Nothing has gone over the wire yet. Type /imagine to see it.</p>;
  return (
    <ul className="wire">
      {lines.toReversed().map(({ id, at, service, direction, operation, status }) => (
        <Details
          key={id}
          summary={
            <>
              <time className="muted">{at.slice(11, 23)}</time>
              <span className="service">
                {direction === 'in' ? '→' : '←'} {service}
              </span>
              <span className="grow">{operation}</span>
              <span className={status === 'ok' || Number(status) < 400 ? 'status' : 'status bad'}>{status}</span>
            </>
          }
        >
          <Json path={`/wire?id=${id}`} />
        </Details>
      ))}
    </ul>
  );
}

/** The newest objects. `version` is different whenever the bucket may have changed. */
function BucketList({ version }: { version: number }) {
  const objects = useRead<ShownObject[]>(`/objects?version=${version}`) ?? [];
  if (objects.length === 0) return <p className="muted">The bucket is empty.</p>;
  return (
    <ul className="bucket">
      {objects.map(({ key, size, contentType, lastModified }) => {
        const source = `/object?key=${encodeURIComponent(key)}&version=${lastModified}`;
        return (
          <Details
            key={key}
            summary={
              <>
                <span className="grow">{key}</span>
                <span className="muted">{Math.ceil(size / 1024)} KB</span>
              </>
            }
          >
            {contentType.startsWith('image/') ? (
              <img src={source} alt={key} className="block-image" />
            ) : (
              <Json path={source} />
            )}
          </Details>
        );
      })}
    </ul>
  );
}

const services = ['Bedrock', 'Slack', 'S3', 'Comprehend'] as const;

/** Makes the next calls fail. */
function FaultList({ screen: { faults, switches } }: { screen: Screen }) {
  const [times, setTimes] = useState(1);
  return (
    <>
      <div className="row">
        <label>
          How many calls{' '}
          <select value={times} onChange={({ target }) => setTimes(Number(target.value))}>
            {[1, 2, 4, 10, 100].map((count) => (
              <option key={count}>{count}</option>
            ))}
          </select>
        </label>
        <button type="button" className="button" onClick={() => change('/clear-faults', {})}>
          Clear all
        </button>
      </div>
      {services.map((service) => (
        <section key={service}>
          <h3>{service}</h3>
          {faults
            .filter((fault) => fault.service === service)
            .map(({ id, label, hint, left }) => (
              <button
                key={id}
                type="button"
                className="fault row raised"
                onClick={() => change('/fault', { id, times })}
              >
                <span className="grow">
                  {label} <span className="hint">{hint}</span>
                </span>
                {left > 0 && <span className="status bad">{left} to come</span>}
              </button>
            ))}
        </section>
      ))}
      <section>
        <h3>Until turned off</h3>
        {switches.map(({ id, label, hint, isOn }) => (
          <label key={id} className="fault row raised">
            <input type="checkbox" checked={isOn} onChange={() => change('/switch', { id, isOn: !isOn })} />
            <span className="grow">
              {label} <span className="hint">{hint}</span>
            </span>
          </label>
        ))}
      </section>
    </>
  );
}

/** Stops and starts the app's process, and shows its log. */
function AppControl({ status }: { status: AppStatus }) {
  const [reads, setReads] = useState(0);
  const output = useRead<string>(`/app-output?reads=${status}${reads}`);
  const control = (wanted: 'start' | 'stop' | 'restart' | 'kill', label: string) => (
    <button type="button" className="button" onClick={() => change('/app', { wanted })}>
      {label}
    </button>
  );
  return (
    <>
      <div className="card-actions">
        {status === 'stopped' ? (
          control('start', 'Start')
        ) : (
          <>
            {control('restart', 'Restart')}
            {control('stop', 'Stop')}
            {control('kill', 'Crash')}
          </>
        )}
        <button type="button" className="button" onClick={() => setReads(reads + 1)}>
          Refresh log
        </button>
      </div>
      <pre>{output || 'No log yet.'}</pre>
    </>
  );
}
