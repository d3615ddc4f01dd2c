import type { RunningApp } from '../start-app.js';

type Running = Pick<RunningApp, 'output' | 'exited' | 'stop'>;

export interface SuperviseOptions {
  environment: Record<string, string>;
  startApp(environment: Record<string, string>): Promise<Running>;
}

const shownCharacters = 20_000;

export type SupervisedApp = ReturnType<typeof superviseApp>;

/** The app's process, which the page can stop and start. */
export function superviseApp({ environment, startApp }: SuperviseOptions) {
  const listeners: (() => void)[] = [];
  let settings: Readonly<Record<string, string>> = {};
  let running: Running | undefined;
  let last: Running | undefined;
  const setRunning = (app: Running | undefined): void => {
    running = app;
    last = app ?? last;
    for (const listener of listeners) listener();
  };
  return {
    isRunning: () => running !== undefined,
    /** The end of the log of the current or last process. */
    output: () => last?.output().slice(-shownCharacters) ?? '',
    /** Adds these settings to the sandbox's from the next start on. */
    configure(wanted: Readonly<Record<string, string>>): void {
      settings = wanted;
    },
    async start(): Promise<void> {
      if (running) return;
      const app = await startApp({ ...environment, ...settings });
      setRunning(app);
      void app.exited.then(() => {
        if (running === app) setRunning(undefined);
      });
    },
    /** Stops it as an operator would, or kills it with `SIGKILL`. */
    async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
      await running?.stop(signal);
    },
    /** Calls the listener when the app has started or ended. */
    onChange: (listener: () => void) => void listeners.push(listener),
  };
}
