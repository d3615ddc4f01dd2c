/** Work that goes on after a person was answered. */
export interface JobQueue {
  /** @param name for the log, should the job fail */
  add(name: string, job: () => Promise<void>): void;
  /** Resolves once everything that was added has ended. */
  idle(): Promise<void>;
}
