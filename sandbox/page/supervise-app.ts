import type { RunningApp } from '../start-app.js';

type Running = Pick<RunningApp, 'output' | 'exited' | 'stop'>;

/** The app's process, which the page can stop and start. */
export interface SupervisedApp {
  isRunning(): boolean;
  /** The end of the log of the current or last process. */
  output(): string;
  /** Adds these settings to the sandbox's from the next start on. */
  configure(settings: Readonly<Record<string, string>>): void;
  start(): Promise<void>;
  /** Stops it as an operator would, or kills it with `SIGKILL`. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  /** Calls the listener when the app has started or ended. */
  onChange(listener: () => void): void;
}

export interface SuperviseOptions {
  environment: Record<string, string>;
  startApp(environment: Record<string, string>): Promise<Running>;
}

const shownCharacters = 20_000;

export function superviseApp({ environment, startApp }: SuperviseOptions): SupervisedApp {
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
    output: () => last?.output().slice(-shownCharacters) ?? '',
    configure(wanted) {
      settings = wanted;
    },
    async start() {
      if (running) return;
      const app = await startApp({ ...environment, ...settings });
      setRunning(app);
      void app.exited.then(() => {
        if (running === app) setRunning(undefined);
      });
    },
    async stop(signal = 'SIGTERM') {
      await running?.stop(signal);
    },
    onChange: (listener) => listeners.push(listener),
  };
}
