import type { AspectRatio } from '../../image-model.js';

/** Shapes that have a name; the ratio is what the name stands for on every model. */
const shapeNames: ReadonlyMap<string, AspectRatio> = new Map([
  ['wide', '16:9'],
  ['landscape', '16:9'],
  ['square', '1:1'],
  ['tall', '9:16'],
  ['portrait', '9:16'],
]);

/** Reads `16:9`, `16x9`, `1920×1080`, `16/9` or a name, as typed; undefined where it is no shape. */
export function parseAspectRatio(text: string): AspectRatio | undefined {
  const named = shapeNames.get(text.toLowerCase());
  if (named) return named;
  const match = /^(\d{1,5}(?:\.\d{1,3})?)[:x×/](\d{1,5}(?:\.\d{1,3})?)$/iu.exec(text);
  const [wide, tall] = [Number(match?.[1]), Number(match?.[2])];
  return wide > 0 && tall > 0 ? `${wide}:${tall}` : undefined;
}

/** The offered spelling of a shape: 1920:1080 is 16:9. */
export const sameAspectRatio = (wanted: AspectRatio, offered: readonly AspectRatio[]): AspectRatio | undefined =>
  offered.find((candidate) => Math.abs(proportion(candidate) / proportion(wanted) - 1) < 1e-9);

/** The offered shape that looks most like the wanted one. */
export function nearestAspectRatio(
  wanted: AspectRatio,
  offered: readonly [AspectRatio, ...AspectRatio[]],
): AspectRatio {
  // Twice as wide is as far away as twice as tall, hence the logarithm.
  const distance = (candidate: AspectRatio) => Math.abs(Math.log(proportion(candidate) / proportion(wanted)));
  return offered.reduce((best, candidate) => (distance(candidate) < distance(best) ? candidate : best));
}

function proportion(aspectRatio: AspectRatio): number {
  const [wide, tall] = aspectRatio.split(':').map(Number);
  return (wide ?? Number.NaN) / (tall ?? Number.NaN);
}
