import type { Usage } from './usage.js';

/*
 * Loaded into the app's process before the app (`--import`), so that the app itself needs no part that measures: each
 * message from the parent is answered with what the process has used since its start.
 */

process.on('message', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage(); // µs, µs, KiB
  const usage: Usage = { cpuMilliseconds: (userCPUTime + systemCPUTime) / 1000, peakMegabytes: maxRSS / 1024 };
  process.send?.(usage);
});
process.channel?.unref(); // the app ends when it wants to
