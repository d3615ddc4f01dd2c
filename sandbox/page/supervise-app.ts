import type { RunningApp } from '../start-app.js';
import { createChanges } from './changes.js';

/** The app's process, as the page starts and ends it. */
export interface SupervisedApp {
  isRunning(): boolean;
  /** The end of what the app's present or last process wrote. */
  output(): string;
  /** With these settings beside those of the sandbox, from now on. */
  configure(settings: Readonly<Record<string, string>>): void;
  start(): Promise<void>;
  /** Ends it as an operator would, or at once with `SIGKILL`. */
  stop(signal?: NodeJS.Signals): Promise<void>;
  subscribe(listener: () => void): () => void;
}

const shownCharacters = 20_000;

type Running = Pick<RunningApp, 'output' | 'exited' | 'stop'>;

export interface SuperviseOptions {
  environment: Record<string, string>;
  startApp(environment: Record<string, string>): Promise<Running>;
}

export function superviseApp({ environment, startApp }: SuperviseOptions): SupervisedApp {
  const changes = createChanges();
  let settings: Readonly<Record<string, string>> = {};
  let running: Running | undefined;
  let last: Running | undefined;
  const setRunning = (app: Running | undefined): void => {
    running = app;
    last = app ?? last;
    changes.tell();
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
    subscribe: changes.subscribe,
  };
}
