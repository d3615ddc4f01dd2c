import type { AspectRatio } from '../image-model.js';

const names: ReadonlyMap<string, AspectRatio> = new Map([
  ['wide', '16:9'],
  ['landscape', '16:9'],
  ['square', '1:1'],
  ['tall', '9:16'],
  ['portrait', '9:16'],
]);

/** Reads `16:9`, `16x9`, `1920×1080`, `16/9` or a name, as typed; undefined for anything else. */
export function parseAspectRatio(text: string): AspectRatio | undefined {
  const named = names.get(text.toLowerCase());
  if (named) return named;
  const match = /^(\d{1,5}(?:\.\d{1,3})?)[:x×/](\d{1,5}(?:\.\d{1,3})?)$/iu.exec(text);
  const [width, height] = [Number(match?.[1]), Number(match?.[2])];
  return width > 0 && height > 0 ? `${width}:${height}` : undefined;
}

/** The offered spelling of an aspect ratio: 1920:1080 is 16:9. */
export const sameAspectRatio = (wanted: AspectRatio, offered: readonly AspectRatio[]): AspectRatio | undefined =>
  offered.find((candidate) => Math.abs(quotient(candidate) / quotient(wanted) - 1) < 1e-9);

/** The offered aspect ratio that looks most like the wanted one. */
export function nearestAspectRatio(
  wanted: AspectRatio,
  offered: readonly [AspectRatio, ...AspectRatio[]],
): AspectRatio {
  // Twice as wide is as far away as twice as tall, hence the logarithm.
  const distance = (candidate: AspectRatio) => Math.abs(Math.log(quotient(candidate) / quotient(wanted)));
  return offered.reduce((best, candidate) => (distance(candidate) < distance(best) ? candidate : best));
}

const familiar: readonly [AspectRatio, ...AspectRatio[]] = [
  '1:1',
  '5:4',
  '4:3',
  '3:2',
  '16:9',
  '21:9',
  '4:5',
  '3:4',
  '2:3',
  '9:16',
  '9:21',
];

/** That of an image of this size, in numbers that people know. */
export const aspectRatioNear = (width: number, height: number): AspectRatio =>
  nearestAspectRatio(`${width}:${height}`, familiar);

function quotient(aspectRatio: AspectRatio): number {
  const [width, height] = aspectRatio.split(':').map(Number);
  return (width ?? Number.NaN) / (height ?? Number.NaN);
}
