import { type Colour, darker, lighter, mix } from './colour.js';
import { heightAt, type Ridge } from './land.js';
import type { Palette } from './palettes.js';
import type { Random } from './random.js';
import { type Canvas, circle, n, path, rectangle, stroke } from './svg.js';

/** Firs along a ridge; the nearer, the taller. */
export function drawFirs(canvas: Canvas, ridge: Ridge, colour: Colour, tall: number, random: Random): string {
  const trees: string[] = [];
  for (let x = random.between(-2, 2) * canvas.unit; x < canvas.width; x += tall * random.between(0.18, 0.7)) {
    const size = tall * random.between(0.55, 1.1);
    trees.push(drawFir(x, heightAt(ridge, x) + size * 0.08, size, mix(colour, '#000000', random.between(0, 0.25))));
  }
  return trees.join('');
}

function drawFir(x: number, ground: number, tall: number, colour: Colour): string {
  const tiers = [0, 1, 2].map((tier) => {
    const top = ground - tall * (1 - tier * 0.22);
    const bottom = ground - tall * (0.52 - tier * 0.22);
    const half = tall * (0.13 + tier * 0.06);
    return `M${n(x)} ${n(top)}L${n(x + half)} ${n(bottom)}H${n(x - half)}Z`;
  });
  const trunk = rectangle(
    { x: x - tall * 0.025, y: ground - tall * 0.1 },
    tall * 0.05,
    tall * 0.12,
    darker(colour, 0.4),
  );
  return trunk + path(tiers.join(''), colour);
}

/** A meadow of simple flowers in the foreground. */
export function drawFlowers(canvas: Canvas, ridge: Ridge, palette: Palette, random: Random): string {
  const { width, height, unit } = canvas;
  const colours: [Colour, ...Colour[]] = [palette.accent, '#ff6b8a', '#ffffff', '#f7b2ff', '#ffd166'];
  const flowers = Array.from({ length: 110 }, (_, index) => {
    const share = index / 110;
    const x = random.between(0, width);
    const ground = heightAt(ridge, x) + unit * 3;
    const y = ground + (height - ground) * share;
    const size = unit * (0.45 + share * 1.3);
    return drawFlower(x, y, size, random.pick(colours), darker(palette.near, 0.1));
  });
  return flowers.join('');
}

function drawFlower(x: number, y: number, size: number, colour: Colour, stem: Colour): string {
  const petals = [0, 1, 2, 3, 4].map((petal) => {
    const turn = (petal / 5) * Math.PI * 2 - Math.PI / 2;
    return circle({ x: x + Math.cos(turn) * size * 0.75, y: y + Math.sin(turn) * size * 0.75 }, size * 0.6, colour);
  });
  const stalk = stroke(`M${n(x)} ${n(y)}q${n(size * 0.4)} ${n(size * 2)} 0 ${n(size * 4)}`, stem, size * 0.25);
  return stalk + petals.join('') + circle({ x, y }, size * 0.45, '#ffe08a');
}

/** Houses of a city in two rows, windows lit. */
export function drawCity(canvas: Canvas, ground: number, palette: Palette, random: Random): string {
  const rows = [0, 1].map((row) => {
    const colour = mix(palette.far, palette.near, 0.35 + row * 0.45);
    const houses: string[] = [];
    let x = -canvas.unit * random.between(0, 6);
    while (x < canvas.width) {
      const wide = canvas.unit * random.between(6, 12);
      const tall = canvas.unit * random.between(14, row === 0 ? 46 : 30);
      houses.push(drawHouseBlock(canvas, { x, ground, wide, tall, colour }, palette, random));
      x += wide + canvas.unit * random.between(-0.5, 1.2);
    }
    return houses.join('');
  });
  return rows.join('');
}

interface HouseBlock {
  x: number;
  ground: number;
  wide: number;
  tall: number;
  colour: Colour;
}

function drawHouseBlock(canvas: Canvas, block: HouseBlock, palette: Palette, random: Random): string {
  const { x, ground, wide, tall, colour } = block;
  const { unit } = canvas;
  const top = ground - tall;
  const parts = [rectangle({ x, y: top }, wide, canvas.height - top, colour)];
  if (random.chance(0.35)) {
    const mast = x + wide / 2;
    parts.push(stroke(`M${n(mast)} ${n(top)}v${n(-unit * random.between(3, 7))}`, colour, unit * 0.6));
  }
  const lit = palette.isNight ? palette.accent : lighter(palette.accent, 0.25);
  for (let y = top + unit * 2; y < ground + unit * 10; y += unit * 2.6) {
    for (let column = x + unit; column < x + wide - unit * 1.3; column += unit * 2) {
      if (random.chance(0.45))
        parts.push(rectangle({ x: column, y }, unit, unit * 1.4, lit, random.between(0.35, 0.95)));
    }
  }
  return parts.join('');
}

export function drawSnowfall({ width, height, unit }: Canvas, random: Random): string {
  const flakes = Array.from({ length: 170 }, () => {
    const place = { x: random.between(0, width), y: random.between(0, height) };
    return circle(place, unit * random.between(0.15, 0.65), '#ffffff', random.between(0.4, 0.95));
  });
  return flakes.join('');
}
