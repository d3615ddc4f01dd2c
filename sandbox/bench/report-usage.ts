import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Usage } from './usage.js';

/*
 * Loaded into the app's process before the app (`--import`), so that the app itself needs no part that measures: each
 * message from the parent, `usage` or `memory`, is answered with what the process has used since its start, or what it
 * holds now.
 */

process.on('message', (question) => process.send?.(question === 'memory' ? memory() : usage()));
process.channel?.unref(); // the app ends when it wants to

function usage(): Usage {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage(); // µs, µs, KiB
  return { cpuMilliseconds: (userCPUTime + systemCPUTime) / 1000, peakMegabytes: maxRSS / 1024 };
}

/** Bytes that are still in use once all else is collected: objects, and buffers beside them. */
function memory(): number {
  setFlagsFromString('--expose-gc');
  const collectGarbage: unknown = runInNewContext('gc');
  if (typeof collectGarbage === 'function') collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
