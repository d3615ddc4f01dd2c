import { useCallback, useEffect, useState } from 'react';
import type { AppStatus } from '../../protocol.js';
import { change, read } from '../ask-server.js';

const meanings: Record<AppStatus, string> = {
  connected: 'runs, and is connected to the workspace',
  connecting: 'runs, and is not connected yet',
  stopped: 'does not run: commands and clicks fail',
};

/** The app's process. */
export function AppControl({ status }: { status: AppStatus }) {
  const [output, setOutput] = useState('');
  const readOutput = useCallback(() => {
    read<{ output: string }>(`/app-output?status=${status}`).then((found) => setOutput(found.output));
  }, [status]);
  useEffect(readOutput, [readOutput]);
  const want = (wanted: 'start' | 'stop' | 'restart' | 'kill') => change('/app', { wanted });
  const isRunning = status !== 'stopped';
  return (
    <>
      <p>
        <span className={`light ${status}`} aria-hidden="true" /> The app {meanings[status]}.
      </p>
      <div className="buttons">
        {isRunning ? (
          <>
            <button type="button" className="button" onClick={() => want('restart')}>
              Restart
            </button>
            <button type="button" className="button" onClick={() => want('stop')}>
              Stop
            </button>
            <button type="button" className="button danger" onClick={() => want('kill')}>
              Crash
            </button>
          </>
        ) : (
          <button type="button" className="button primary" onClick={() => want('start')}>
            Start
          </button>
        )}
      </div>
      <h3>Its log</h3>
      <button type="button" className="button" onClick={readOutput}>
        Read again
      </button>
      <pre className="output">{output || 'Nothing yet.'}</pre>
    </>
  );
}
