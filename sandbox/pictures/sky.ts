import { lighter } from './colour.js';
import type { Palette } from './palettes.js';
import type { Random } from './random.js';
import { type Canvas, circle, glowGradient, n, type Point, path, rectangle, verticalGradient } from './svg.js';

/** The sky with its sun or moon; `sun` is where that stands. */
export function drawSky(canvas: Canvas, palette: Palette, sun: Point, random: Random): string {
  const { width, height, unit } = canvas;
  const definitions = [verticalGradient('sky', palette.sky), glowGradient('glow', palette.glow, 0.85)];
  const parts = [
    `<defs>${definitions.join('')}</defs>`,
    rectangle({ x: 0, y: 0 }, width, height, 'url(#sky)'),
    palette.isNight ? drawStars(canvas, random) : '',
    palette.name === 'aurora' ? drawAurora(canvas, palette, random) : '',
    circle(sun, unit * 46, 'url(#glow)'),
    palette.isNight ? drawMoon(sun, unit * 8, palette) : circle(sun, unit * random.between(8, 12), palette.light),
    drawClouds(canvas, palette, random),
  ];
  return parts.join('');
}

function drawStars({ width, height, unit }: Canvas, random: Random): string {
  const stars = Array.from({ length: 150 }, () => {
    const place = { x: random.between(0, width), y: random.between(0, height * 0.7) };
    const size = unit * (random.chance(0.08) ? random.between(0.3, 0.45) : random.between(0.08, 0.22));
    return circle(place, size, '#ffffff', random.between(0.35, 1));
  });
  return stars.join('');
}

/** A full moon with three seas. */
function drawMoon(centre: Point, radius: number, palette: Palette): string {
  const seas: [number, number, number][] = [
    [-0.35, -0.2, 0.24],
    [0.3, 0.25, 0.18],
    [0.1, -0.45, 0.13],
  ];
  const spots = seas.map(([x, y, size]) =>
    circle({ x: centre.x + x * radius, y: centre.y + y * radius }, size * radius, palette.glow, 0.35),
  );
  return circle(centre, radius, palette.light) + spots.join('');
}

/** Curtains of light: bands that fade upwards. */
function drawAurora({ width, height }: Canvas, palette: Palette, random: Random): string {
  const colours = [palette.accent, palette.glow, '#7fb4ff', '#c79bff'];
  const curtains = colours.map((colour, index) => {
    const base = height * random.between(0.3, 0.5);
    const tall = height * random.between(0.2, 0.36);
    const phase = random.between(0, 6);
    const steps = Array.from({ length: 25 }, (_, step) => {
      const x = (width * step) / 24;
      return {
        x,
        y: base + Math.sin(step / 3 + phase) * height * 0.05 + Math.sin(step / 1.4 + phase) * height * 0.015,
      };
    });
    const lower = steps.map(({ x, y }) => `L${n(x)} ${n(y)}`).join('');
    const upper = steps
      .toReversed()
      .map(({ x, y }, at) => `L${n(x)} ${n(y - tall - Math.sin(at / 2) * height * 0.04)}`);
    const gradient = verticalGradient(`aurora${index}`, [colour, colour, colour], [0, 0.28, 0.02]);
    return `<defs>${gradient}</defs>${path(`M0 ${n(base)}${lower}${upper.join('')}Z`, `url(#aurora${index})`)}`;
  });
  return curtains.join('');
}

/** Long flat clouds, each of some rounded bars. */
function drawClouds({ width, height, unit }: Canvas, palette: Palette, random: Random): string {
  const colour = palette.isNight ? palette.sky[2] : lighter(palette.sky[2], 0.5);
  const clouds = Array.from({ length: Math.round(random.between(2, 5)) }, () => {
    const middle = { x: random.between(0, width), y: random.between(height * 0.08, height * 0.42) };
    const opacity = random.between(0.18, 0.42);
    const bars = Array.from({ length: 4 }, (_, row) => {
      const long = unit * random.between(14, 34) * (1 - Math.abs(row - 1.5) / 4);
      const x = middle.x - long / 2 + unit * random.between(-8, 8);
      const y = middle.y + row * unit * 2;
      const place = `x="${n(x)}" y="${n(y)}" width="${n(long)}" height="${n(unit * 2.4)}" rx="${n(unit * 1.2)}"`;
      return `<rect ${place} fill="${colour}"/>`;
    });
    return `<g opacity="${opacity.toFixed(2)}">${bars.join('')}</g>`;
  });
  return clouds.join('');
}
