import type { Icon } from './find-icons.js';
import { createRandom, mixRandom, type Random } from './random.js';
import type { Scene } from './read-prompt.js';
import type { Margin, Recipe } from './recipe.js';
import { lookOf } from './styles.js';

interface Light {
  sky: readonly [top: string, bottom: string];
  far: string;
  near: string;
  sun: string;
}

const lights = {
  day: [
    { sky: ['#4fa8e8', '#cfeeff'], far: '#8ac6a0', near: '#4f9a5b', sun: '#fff4b8' },
    { sky: ['#7cc4d8', '#fdf3d8'], far: '#b9cf8a', near: '#7aa64a', sun: '#fffbe0' },
  ],
  dusk: [
    { sky: ['#6a4c93', '#ffb56b'], far: '#9a5f7d', near: '#5b3a5e', sun: '#ffe3a1' },
    { sky: ['#e8735a', '#ffe0a3'], far: '#c98566', near: '#7d4f4a', sun: '#fff1c9' },
  ],
  night: [
    { sky: ['#0c1440', '#39548f'], far: '#2b3f70', near: '#17264c', sun: '#f4f1d6' },
    { sky: ['#17112f', '#5b3f86'], far: '#3b2f63', near: '#221a40', sun: '#ffe9f0' },
  ],
} as const satisfies Record<string, readonly Light[]>;

const allLights: readonly Light[] = [...lights.day, ...lights.dusk, ...lights.night];

/** What is in front: an icon that was moved to its place, or letters. */
export interface Front {
  name: string;
  color?: string | undefined;
  /** SVG elements, and the shadow below them. */
  body: string;
  shadow: string;
  transform: string;
}

/** The scene as SVG elements. */
export function drawScene(recipe: Recipe): { back: string; fronts: readonly Front[] } {
  const { width, height, scene, chance, toward, margin } = recipe;
  const start = createRandom(chance);
  const random = toward ? mixRandom(start, createRandom(toward.chance), toward.share) : start;
  const canvas = { width, height, unit: Math.min(width, height) / 100 };
  const light = lightOf(recipe);
  const back = drawSky(light, canvas, margin, random) + drawGround(scene, light, canvas, margin, random);
  const fronts =
    scene.subjects.length > 0
      ? drawSubjects(scene.subjects, canvas, random)
      : [{ name: '', body: drawLetters(scene.letters, canvas), shadow: '', transform: '' }];
  const blurred = `<defs><filter id="depth"><feGaussianBlur stdDeviation="${canvas.unit * 1.4}"/></filter></defs><g filter="url(#depth)">${back}</g>`;
  const behind = back + (lookOf(scene.style).blur ? blurred : '');
  return { back: behind + (scene.ground === 'snow' ? drawSnowfall(canvas, margin, random) : ''), fronts };
}

/** Seeds that follow one another get different light, so that four images are easily told apart. */
function lightOf({ scene, seed, toward }: Recipe): Light {
  const choices: readonly Light[] = scene.light ? lights[scene.light] : allLights;
  const chosen = (number: number) => choices[number % choices.length] ?? lights.day[0];
  return toward ? mixLights(chosen(seed), chosen(toward.seed), toward.share) : chosen(seed);
}

function mixLights(one: Light, other: Light, share: number): Light {
  const mix = (from: string, to: string) => {
    const channels = [1, 3, 5].map((at) => {
      const [first, second] = [from, to].map((color) => Number.parseInt(color.slice(at, at + 2), 16));
      return Math.round((first ?? 0) * (1 - share) + (second ?? 0) * share);
    });
    return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
  };
  return {
    sky: [mix(one.sky[0], other.sky[0]), mix(one.sky[1], other.sky[1])],
    far: mix(one.far, other.far),
    near: mix(one.near, other.near),
    sun: mix(one.sun, other.sun),
  };
}

interface Size {
  width: number;
  height: number;
}
type Canvas = Size & { unit: number };

function drawSky(
  { sky: [top, bottom], sun }: Light,
  canvas: Canvas,
  { left, right, up, down }: Margin,
  random: Random,
) {
  const { width, height, unit } = canvas;
  const stops = `<stop stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/>`;
  const line = `gradientUnits="userSpaceOnUse" x1="0" x2="0" y1="0" y2="${height}"`;
  const gradient = `<defs><linearGradient id="sky" ${line}>${stops}</linearGradient></defs>`;
  const place = `cx="${width * random.between(0.15, 0.85)}" cy="${height * random.between(0.12, 0.32)}"`;
  const disc = `<circle ${place} r="${unit * random.between(5, 9)}" fill="${sun}"/>`;
  const whole = `x="${-left}" y="${-up}" width="${left + width + right}" height="${up + height + down}"`;
  return `${gradient}<rect ${whole} fill="url(#sky)"/>${disc}`;
}

function drawGround({ ground }: Scene, { far, near }: Light, { width, height }: Size, margin: Margin, random: Random) {
  const white = { far: '#dfe8f6', near: '#f7faff' };
  const color = ground === 'snow' ? white : { far, near };
  const bottom = height + margin.down;
  const hill = (y: number, fill: string) => {
    const [left, middle, right] = [y, y - random.between(0, 0.16), y - random.between(-0.05, 0.08)].map(
      (share) => share * height,
    );
    return `<path d="M0 ${left}C${width * 0.3} ${middle} ${width * 0.6} ${middle} ${width} ${right}V${bottom}H0Z" fill="${fill}"/>`;
  };
  const lake = `<rect y="${height * 0.7}" width="${width}" height="${bottom}" fill="#3f8fc4" opacity="0.9"/>`;
  const land = hill(0.66, color.far) + (ground === 'water' ? lake : hill(0.8, color.near));
  return repeatMirrored(land, width, margin);
}

/** The hills go on beyond the edges, mirrored at each, so that none breaks off. */
function repeatMirrored(land: string, width: number, { left, right }: Margin): string {
  const first = -Math.ceil(left / width);
  const count = Math.ceil(right / width) - first + 1;
  const tiles = Array.from({ length: count }, (_, index) => {
    const at = first + index;
    const transform = at % 2 === 0 ? `translate(${at * width} 0)` : `translate(${(at + 1) * width} 0) scale(-1 1)`;
    return at === 0 ? land : `<g transform="${transform}">${land}</g>`;
  });
  return tiles.join('');
}

/** The main subject large and near the middle, the others behind it at its sides. */
function drawSubjects([main, ...others]: readonly Icon[], { width, height, unit }: Canvas, random: Random): Front[] {
  const spread = Math.min(width * 0.33, unit * 45);
  const sides = others.map((icon, index) => {
    const side = index % 2 === 0 ? 1 : -1;
    return place(icon, width / 2 + side * spread, height * 0.74, unit * random.between(26, 34), random);
  });
  const center = width / 2 + unit * random.between(-7, 7);
  return main ? [...sides, place(main, center, height * 0.86, unit * random.between(48, 60), random)] : sides;
}

/** An icon of this size at a point, with a shadow below it. */
function place({ name, body, color }: Icon, x: number, foot: number, size: number, random: Random): Front {
  const flip = random.chance(0.5) ? -1 : 1;
  const shadow = '<ellipse cx="16" cy="31" rx="11" ry="1.6" fill="#000" opacity="0.22"/>';
  const transform = `translate(${x} ${foot - size}) scale(${(size / 32) * flip} ${size / 32}) translate(-16 0)`;
  return { name, color, body, shadow, transform };
}

const lettersPerLine = 18;
const maxLines = 6;

function drawLetters(text: string, { width, height }: Size): string {
  const lines = wrap(text).slice(0, maxLines);
  const size = Math.min((width * 0.84) / (lettersPerLine * 0.68), (height * 0.7) / (lines.length * 1.25));
  const first = height / 2 - ((lines.length - 1) / 2) * size * 1.25 + size * 0.35;
  const rows = lines.map((line, index) => {
    const at = `x="${width / 2}" y="${first + index * size * 1.25}"`;
    return `<text ${at} text-anchor="middle" font-size="${size}" fill="#fff" stroke="#1a1d29" stroke-width="${size / 7}" paint-order="stroke">${escapeXml(line)}</text>`;
  });
  return rows.join('');
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).slice(0, 60)) {
    const line = lines.at(-1);
    const shown = word.slice(0, lettersPerLine);
    if (line !== undefined && line.length + shown.length < lettersPerLine) lines[lines.length - 1] = `${line} ${shown}`;
    else lines.push(shown);
  }
  return lines;
}

function drawSnowfall(canvas: Canvas, margin: Margin, random: Random): string {
  const flakes = Array.from({ length: 60 }, () => {
    const at = `cx="${random.between(0, canvas.width)}" cy="${random.between(0, canvas.height)}"`;
    return `<circle ${at} r="${canvas.unit * random.between(0.3, 0.9)}" fill="#fff" opacity="0.85"/>`;
  });
  return repeatMirrored(flakes.join(''), canvas.width, margin);
}

/** XML takes no control characters, escaped or not: https://www.w3.org/TR/xml/#charsets */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
}
