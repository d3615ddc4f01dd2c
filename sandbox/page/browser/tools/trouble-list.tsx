import { useState } from 'react';
import type { ShownSwitch, ShownTrouble } from '../../protocol.js';
import { change } from '../ask-server.js';

interface TroubleListProps {
  troubles: readonly ShownTrouble[];
  switches: readonly ShownSwitch[];
}

const groups = [
  { service: 'bedrock', title: 'Bedrock, next images' },
  { service: 'slack', title: 'Slack, next calls' },
  { service: 's3', title: 'S3, next requests' },
  { service: 'comprehend', title: 'Comprehend, next calls' },
] as const;

/** Makes the next calls go wrong. */
export function TroubleList({ troubles, switches }: TroubleListProps) {
  const [times, setTimes] = useState(1);
  return (
    <>
      <div className="trouble-head">
        <label>
          How many{' '}
          <select value={times} onChange={({ target }) => setTimes(Number(target.value))}>
            {[1, 2, 4, 10, 100].map((count) => (
              <option key={count}>{count}</option>
            ))}
          </select>
        </label>
        <button type="button" className="button" onClick={() => change('/trouble', { clear: true })}>
          All well again
        </button>
      </div>
      {groups.map(({ service, title }) => {
        const members = troubles.filter((trouble) => trouble.service === service);
        return (
          members.length > 0 && (
            <section key={service}>
              <h3>{title}</h3>
              <ul className="troubles">
                {members.map((trouble) => (
                  <TroubleItem key={trouble.id} trouble={trouble} times={times} />
                ))}
              </ul>
            </section>
          )
        );
      })}
      <section>
        <h3>Until turned off</h3>
        <ul className="troubles">
          {switches.map(({ id, label, hint, isOn }) => (
            <li key={id}>
              <label>
                <input type="checkbox" checked={isOn} onChange={() => change('/switch', { id, isOn: !isOn })} />
                <span>
                  {label} <span className="hint">{hint}</span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

function TroubleItem({ trouble, times }: { trouble: ShownTrouble; times: number }) {
  const { id, label, hint, left } = trouble;
  return (
    <li>
      <button type="button" className="trouble" onClick={() => change('/trouble', { id, times })}>
        <span>
          {label} <span className="hint">{hint}</span>
        </span>
        {left > 0 && <span className="count">{left} to come</span>}
      </button>
    </li>
  );
}
