import { useEffect, useState } from 'react';
import type { ShownObject, ShownObjects } from '../../protocol.js';
import { read } from '../ask-server.js';

/** What is in the bucket; read again at each change. `changes` is another number whenever there may be one. */
export function BucketList({ changes }: { changes: number }) {
  const [objects, setObjects] = useState<ShownObjects>({ total: 0, newest: [] });
  useEffect(() => {
    let isShown = true;
    read<ShownObjects>(`/objects?after=${changes}`).then((found) => {
      if (isShown) setObjects(found);
    });
    return () => {
      isShown = false;
    };
  }, [changes]);
  if (objects.total === 0) return <p className="muted">The bucket is empty.</p>;
  return (
    <>
      <p className="muted small">
        {objects.total > objects.newest.length
          ? `The newest ${objects.newest.length} of ${objects.total} objects`
          : `${objects.total} objects, the newest first`}
      </p>
      <ul className="bucket">
        {objects.newest.map((object) => (
          <BucketItem key={object.key} object={object} />
        ))}
      </ul>
    </>
  );
}

const kilobytes = (size: number): string => `${(size / 1024).toFixed(size < 10_240 ? 1 : 0)} KB`;

function BucketItem({ object }: { object: ShownObject }) {
  const [isOpen, setOpen] = useState(false);
  const source = `/object?key=${encodeURIComponent(object.key)}`;
  return (
    <li>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          {object.contentType.startsWith('image/') && <img src={source} alt="" loading="lazy" className="thumbnail" />}
          <span className="key">{object.key}</span>
          <span className="muted small">{kilobytes(object.size)}</span>
        </summary>
        {isOpen && <ObjectContent object={object} source={source} />}
      </details>
    </li>
  );
}

function ObjectContent({ object, source }: { object: ShownObject; source: string }) {
  const [record, setRecord] = useState<unknown>();
  const isJson = object.contentType.startsWith('application/json');
  useEffect(() => {
    if (isJson) read<unknown>(`${source}&at=${object.lastModified}`).then(setRecord);
  }, [isJson, source, object.lastModified]);
  return isJson ? (
    <pre>{JSON.stringify(record, null, 2)}</pre>
  ) : (
    <img src={source} alt={object.key} className="block-image" />
  );
}
