import { startRedis } from '../start-redis.js';
import { createFigure, type Figure, quantile } from './figures.js';
import { callsPerProcess, measureThroughput, type Throughput } from './throughput.js';

/*
 * `npm run bench -- --processes 3`: how throughput grows from one process to so many over one Redis and one bucket, and what
 * an acknowledgement costs meanwhile. The quota here is high: what bounds a process is how many calls it has under way, and
 * that is what further processes add. How busy the processors are tells whether they were the bound instead; the CPU of an
 * image tells how many images a second a processor can do.
 */

/**
 * What two cores can do with the stand-ins beside the app, and to spare: more would measure the machine. The model takes as
 * long as it needs for all the processes together to reach this.
 */
const mostImagesPerSecond = 20;

export async function benchProcesses(processes: number): Promise<Figure[]> {
  const latencyMs = (processes * callsPerProcess * 1000) / mostImagesPerSecond;
  const alone = await measureThroughput({ processes: 1, redisUrl: undefined, latencyMs });
  const shared: Throughput[] = [];
  for (let count = 1; count <= processes; count += 1) {
    shared.push(await withRedis((redisUrl) => measureThroughput({ processes: count, redisUrl, latencyMs })));
  }
  const rows: [string, Throughput][] = [
    ['1 process without Redis', alone],
    ...shared.map((row, index): [string, Throughput] => [nameProcesses(index + 1), row]),
  ];
  return [
    ...rows.map(([name, row]) => createFigure(`images per second, ${name}`, '/s', [row.imagesPerSecond])),
    ...growth(shared),
    ...rows.map(([name, row]) => createFigure(`CPU of an image, ${name}`, 'ms', [row.processorTime])),
    ...rows.map(([name, row]) => createFigure(`processors busy, ${name}`, '%', [row.busyPercent])),
    ...rows.flatMap(([name, { acknowledgements }]) => [
      createFigure(`acknowledgement p50, ${name}`, 'ms', [quantile(acknowledgements, 0.5)]),
      createFigure(`acknowledgement p99, ${name}`, 'ms', [quantile(acknowledgements, 0.99)]),
    ]),
  ];
}

const nameProcesses = (count: number): string => (count === 1 ? '1 process' : `${count} processes`);

function growth(shared: readonly Throughput[]): Figure[] {
  const [first, last] = [shared[0], shared.at(-1)];
  if (!first || !last) return [];
  return [
    createFigure(`  as many as their calls allow, ${nameProcesses(shared.length)}`, '/s', [last.mostImagesPerSecond]),
    createFigure(`${nameProcesses(shared.length)} over 1`, 'times', [last.imagesPerSecond / first.imagesPerSecond]),
  ];
}

async function withRedis<Result>(use: (url: string) => Promise<Result>): Promise<Result> {
  const redis = await startRedis();
  try {
    return await use(redis.url);
  } finally {
    await redis.stop();
  }
}
