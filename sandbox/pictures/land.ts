import { type Colour, lighter, mix } from './colour.js';
import type { Palette } from './palettes.js';
import type { Random } from './random.js';
import { type Canvas, n, type Point, path, rectangle, stroke, verticalGradient } from './svg.js';

/** The upper edge of a layer of land, from left to right. */
export type Ridge = readonly Point[];

export interface Layer {
  ridge: Ridge;
  colour: Colour;
}

/** How far down the canvas a ridge lies, and how it rises. */
export interface RidgeShape {
  base: number;
  rise: number;
  kind: 'hill' | 'peak';
}

export function makeRidge({ width, height }: Canvas, { base, rise, kind }: RidgeShape, random: Random): Ridge {
  const waves = Array.from({ length: kind === 'peak' ? 7 : 3 }, (_, index) => ({
    length: (kind === 'peak' ? 1.2 : 0.7) * 1.75 ** index * random.between(0.8, 1.25),
    phase: random.between(0, Math.PI * 2),
    weight: 0.58 ** index,
  }));
  return Array.from({ length: 121 }, (_, step) => {
    const along = step / 120;
    const sum = waves.reduce((total, { length, phase, weight }) => {
      const turn = along * length * Math.PI * 2 + phase;
      return total + weight * (kind === 'peak' ? zigzag(turn) : Math.sin(turn));
    }, 0);
    return { x: width * along, y: height * (base - rise * sum * 0.6) };
  });
}

/** Straight up, straight down: the outline of mountains. */
function zigzag(turn: number): number {
  return (2 / Math.PI) * Math.asin(Math.sin(turn));
}

export function drawLayer({ height }: Canvas, { ridge, colour }: Layer, id: string, palette: Palette): string {
  const gradient = verticalGradient(id, [colour, mix(colour, palette.sky[2], 0.22), mix(colour, palette.near, 0.25)]);
  const outline = ridge.map(({ x, y }) => `L${n(x)} ${n(y)}`).join('');
  return `<defs>${gradient}</defs>${path(`M0 ${height}${outline}L${n(ridge.at(-1)?.x ?? 0)} ${height}Z`, `url(#${id})`)}`;
}

/** White on all that rises above the `line`, with a ragged lower edge. */
export function drawSnowCaps(canvas: Canvas, ridge: Ridge, palette: Palette, random: Random): string {
  const top = Math.min(...ridge.map(({ y }) => y));
  const deep = canvas.height * 0.075;
  const lower = ridge.toReversed().map(({ x, y }) => {
    const share = Math.max(0, 1 - (y - top) / (canvas.height * 0.2));
    return `L${n(x)} ${n(y + deep * share * random.between(0.45, 1.2))}`;
  });
  const upper = ridge.map(({ x, y }) => `L${n(x)} ${n(y)}`);
  const first = ridge[0] ?? { x: 0, y: 0 };
  const white = mix('#ffffff', palette.sky[1], palette.isNight ? 0.45 : 0.12);
  return path(`M${n(first.x)} ${n(first.y)}${upper.join('')}${lower.join('')}Z`, white, 0.92);
}

export function heightAt(ridge: Ridge, x: number): number {
  const last = ridge.at(-1)?.x ?? 1;
  const index = Math.min(ridge.length - 1, Math.max(0, Math.round((x / last) * (ridge.length - 1))));
  return ridge[index]?.y ?? 0;
}

/** Water from `top` to the lower edge, with the light of the sun lying on it. */
export function drawWater(canvas: Canvas, top: number, sun: Point, palette: Palette, random: Random): string {
  const { width, height, unit } = canvas;
  const colours = [mix(palette.sky[2], palette.sky[1], 0.4), mix(palette.sky[1], palette.near, 0.35), palette.near];
  const deep = height - top;
  const glints = Array.from({ length: 46 }, (_, index) => {
    const share = (index / 46) ** 1.4;
    const y = top + deep * share + unit * 0.6;
    const spread = unit * (5 + 20 * share);
    const x = sun.x + random.between(-spread, spread);
    const long = unit * random.between(2, 8) * (0.5 + share);
    return stroke(`M${n(x - long)} ${n(y)}H${n(x + long)}`, palette.light, unit * 0.5, random.between(0.25, 0.75));
  });
  const ripples = Array.from({ length: 40 }, () => {
    const y = random.between(top, height);
    const x = random.between(0, width);
    const data = `M${n(x)} ${n(y)}h${n(unit * random.between(3, 14))}`;
    return stroke(data, lighter(palette.sky[1], 0.3), unit * 0.3, 0.3);
  });
  return [
    `<defs>${verticalGradient('water', colours)}</defs>`,
    rectangle({ x: 0, y: top }, width, deep, 'url(#water)'),
    ...ripples,
    ...glints,
  ].join('');
}
