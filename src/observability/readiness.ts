/** One thing without which the app is of no use: a sentence for the operator where it is missing. */
export type ReadinessCheck = (signal: AbortSignal) => Promise<string | undefined>;

export interface ReadinessOptions {
  checks: readonly ReadinessCheck[];
  /** Milliseconds. */
  now(): number;
}

/** Answers what is missing; nothing, where the app is ready. */
export type Readiness = () => Promise<readonly string[]>;

/** So that whoever asks often, or asks without being asked to, costs nothing. */
const keptMilliseconds = 3000;
/** Kubernetes gives a probe one second unless told, load balancers five. */
const maxMilliseconds = 3000;

export function createReadiness({ checks, now }: ReadinessOptions): Readiness {
  let latest: { until: number; problems: Promise<readonly string[]> } | undefined;
  return () => {
    if (!latest || now() >= latest.until) latest = { until: now() + keptMilliseconds, problems: runAll(checks) };
    return latest.problems;
  };
}

async function runAll(checks: readonly ReadinessCheck[]): Promise<readonly string[]> {
  const signal = AbortSignal.timeout(maxMilliseconds);
  return (await Promise.all(checks.map((check) => check(signal)))).flatMap((problem) => problem ?? []);
}
