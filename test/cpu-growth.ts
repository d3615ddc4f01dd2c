/** In less, the clock, the compiler and the garbage collector weigh more than the text does. */
const minMs = 2;
/** For a run of a few milliseconds, hundreds of tries; for one that is out of all proportion, one. */
const patienceMs = 1_000;

/** The CPU time of one run: unlike wall time, it leaves out what other processes do meanwhile. */
function cpuMs(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * How many times more CPU time `long` takes than `short`, by the fastest run of each. As noise only ever adds time, more
 * runs follow until the ratio is no more than `enough`.
 */
export function cpuGrowth(short: () => unknown, long: () => unknown, enough: number): number {
  const fastest = { short: Number.POSITIVE_INFINITY, long: Number.POSITIVE_INFINITY };
  let ratio = Number.POSITIVE_INFINITY;
  short(); // V8 compiles an expression at its second use
  for (let spent = 0; spent < patienceMs && ratio > enough; ) {
    for (let run = 0; run < 3; run += 1) fastest.short = Math.min(fastest.short, cpuMs(short));
    const time = cpuMs(long);
    spent += time;
    fastest.long = Math.min(fastest.long, time);
    ratio = fastest.long / Math.max(fastest.short, minMs);
  }
  return ratio;
}
