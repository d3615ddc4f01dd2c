import { memo, useEffect, useState } from 'react';
import type { WireLine } from '../../protocol.js';
import { read } from '../ask-server.js';

const services = ['slack', 'bedrock', 'comprehend', 's3', 'openai'] as const;
const serviceNames = { slack: 'Slack', bedrock: 'Bedrock', comprehend: 'Comprehend', s3: 'S3', openai: 'OpenAI' };

/** The newest exchanges between the app and the stand-ins, newest first. */
export function WireList({ lines }: { lines: readonly WireLine[] }) {
  const [service, setService] = useState<WireLine['service']>();
  const shown = lines.filter((line) => service === undefined || line.service === service).toReversed();
  const present = services.filter((name) => lines.some((line) => line.service === name));
  return (
    <>
      <fieldset className="filters" aria-label="Service">
        {[undefined, ...present].map((name) => (
          <button
            key={name ?? 'all'}
            type="button"
            className="chip"
            aria-pressed={name === service}
            onClick={() => setService(name)}
          >
            {name ? serviceNames[name] : 'All'}
          </button>
        ))}
      </fieldset>
      {shown.length === 0 && <p className="muted">Nothing has gone over the wire yet. Type /imagine to see it.</p>}
      <ul className="wire">
        {shown.map((line) => (
          <WireItem key={line.id} line={line} />
        ))}
      </ul>
    </>
  );
}

const isBad = (status: number | string): boolean => (typeof status === 'number' ? status >= 400 : status !== 'ok');

const WireItem = memo(function WireItem({ line }: { line: WireLine }) {
  const [isOpen, setOpen] = useState(false);
  const way = line.direction === 'in' ? '→' : '←';
  const said =
    line.direction === 'in' ? `the app to ${serviceNames[line.service]}` : `${serviceNames[line.service]} to the app`;
  return (
    <li>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          <time dateTime={line.at}>{line.at.slice(11, 23)}</time>
          <span className={`service ${line.service}`}>
            <span aria-hidden="true">{way}</span> {serviceNames[line.service]}
            <span className="visually-hidden"> ({said})</span>
          </span>
          <span className="operation">{line.operation}</span>
          <span className={isBad(line.status) ? 'status bad' : 'status'}>{line.status}</span>
        </summary>
        {isOpen && <WireDetail id={line.id} />}
      </details>
    </li>
  );
});

function WireDetail({ id }: { id: number }) {
  const [detail, setDetail] = useState<unknown>('…');
  useEffect(() => {
    let isShown = true;
    read<unknown>(`/wire?id=${id}`).then((found) => {
      if (isShown) setDetail(found);
    });
    return () => {
      isShown = false;
    };
  }, [id]);
  return <pre>{JSON.stringify(detail, null, 2)}</pre>;
}
