import { mix } from './colour.js';
import { drawCity, drawFirs, drawFlowers, drawSnowfall } from './growth.js';
import { drawLayer, drawSnowCaps, drawWater, heightAt, type Layer, makeRidge, type RidgeShape } from './land.js';
import type { Palette } from './palettes.js';
import { createRandom, type Random } from './random.js';
import { drawSky } from './sky.js';
import type { Subject } from './subjects.js';
import { type Canvas, n, type Point, stroke } from './svg.js';

/** What a picture shows, decided before anything is drawn. */
export interface Scene {
  palette: Palette;
  subjects: readonly Subject[];
  mountains: boolean;
  water: boolean;
  city: boolean;
  forest: boolean;
  flowers: boolean;
  snow: boolean;
  birds: boolean;
}

/** The scene as SVG elements; the same `chance` gives the same picture. */
export function drawScene(canvas: Canvas, scene: Scene, chance: string): string {
  const random = createRandom(chance);
  const { width, height } = canvas;
  const { palette } = scene;
  const sun = { x: width * random.between(0.18, 0.82), y: height * random.between(0.16, scene.water ? 0.34 : 0.44) };
  const layers = makeLayers(canvas, scene, random);
  const front = layers.at(-1);
  const shore = height * 0.66;
  const land = layers.map((layer, index) => drawGround(canvas, scene, layer, index, layers.length, random));
  const behind = land.slice(0, -1);
  return [
    drawSky(canvas, palette, sun, random),
    ...(scene.city ? behind.slice(0, 1) : behind),
    scene.city ? drawCity(canvas, height * (scene.water ? 0.66 : 0.74), palette, random) : '',
    scene.water ? drawWater(canvas, shore, sun, palette, random) : '',
    ...placed(scene, 'sky').map((subject, index) =>
      drawSubject(canvas, scene, subject, skyPlace(canvas, index, random), random),
    ),
    ...placed(scene, 'water').map((subject) => drawSubject(canvas, scene, subject, waterPlace(canvas, random), random)),
    scene.birds ? drawBirds(canvas, palette, random) : '',
    land.at(-1) ?? '',
    ...drawOnGround(canvas, scene, front, random),
    scene.snow ? drawSnowfall(canvas, random) : '',
  ].join('');
}

function placed(scene: Scene, place: Subject['place']): Subject[] {
  return scene.subjects.filter((subject) => subject.place === place);
}

function makeLayers(canvas: Canvas, scene: Scene, random: Random): Layer[] {
  const count = scene.water ? 3 : 5;
  return Array.from({ length: count }, (_, index) => {
    const share = index / (count - 1);
    const shape = index === count - 1 ? frontShape(scene) : backShape(scene, share, index < count - 2);
    return { ridge: makeRidge(canvas, shape, random), colour: groundColour(scene, share) };
  });
}

function frontShape({ water }: Scene): RidgeShape {
  return { base: water ? 0.93 : 0.87, rise: 0.035, kind: 'hill' };
}

function backShape({ water, mountains }: Scene, share: number, isFar: boolean): RidgeShape {
  const base = 0.56 + share * (water ? 0.12 : 0.3);
  return mountains && isFar ? { base, rise: 0.2 - share * 0.1, kind: 'peak' } : { base, rise: 0.075, kind: 'hill' };
}

function groundColour({ palette, snow }: Scene, share: number) {
  const colour = mix(palette.far, palette.near, share);
  return snow ? mix(colour, palette.isNight ? '#9fb2dd' : '#f3f7ff', 0.25 + share * 0.5) : colour;
}

function drawGround(canvas: Canvas, scene: Scene, layer: Layer, index: number, count: number, random: Random): string {
  const { palette } = scene;
  const isPeak = scene.mountains && index < count - 2;
  const wooded = scene.forest && index >= 1;
  const tall = canvas.unit * (5 + (index / (count - 1)) * 15);
  const fir = mix(mix(palette.far, palette.near, Math.min(1, index / (count - 1) + 0.25)), '#123326', 0.25);
  return [
    wooded && index < count - 1 ? drawFirs(canvas, layer.ridge, fir, tall, random) : '',
    drawLayer(canvas, layer, `layer${index}`, palette),
    isPeak && (scene.snow || index === 0) ? drawSnowCaps(canvas, layer.ridge, palette, random) : '',
  ].join('');
}

function drawOnGround(canvas: Canvas, scene: Scene, front: Layer | undefined, random: Random): string[] {
  if (!front) return [];
  const standing = placed(scene, 'ground');
  const drawn = standing.map((subject, index) => {
    const middle = (index + 1) / (standing.length + 1);
    const x = canvas.width * (middle + random.between(-0.16, 0.16) / standing.length);
    const place = { x, y: heightAt(front.ridge, x) + canvas.unit * 3 };
    return drawSubject(canvas, scene, subject, place, random);
  });
  return [...drawn, scene.flowers ? drawFlowers(canvas, front.ridge, scene.palette, random) : ''];
}

function drawSubject(canvas: Canvas, scene: Scene, subject: Subject, foot: Point, random: Random): string {
  const scale = (canvas.unit * subject.size * random.between(0.88, 1.12)) / 100;
  const flip = random.chance(0.5) ? -1 : 1;
  const move = `translate(${n(foot.x)} ${n(foot.y)}) scale(${(scale * flip).toFixed(4)} ${scale.toFixed(4)}) translate(-50 -100)`;
  const shadow =
    subject.place === 'ground' ? '<ellipse cx="50" cy="100" rx="34" ry="4.500" fill="#0b0d1a" opacity="0.28"/>' : '';
  return `<g transform="${move}">${shadow}${subject.draw(scene)}</g>`;
}

function skyPlace({ width, height }: Canvas, index: number, random: Random): Point {
  const x = width * (random.between(0.3, 0.7) + (index % 2 === 0 ? 0 : 0.18));
  return { x, y: height * random.between(0.5, 0.62) };
}

function waterPlace({ width, height }: Canvas, random: Random): Point {
  return { x: width * random.between(0.3, 0.7), y: height * random.between(0.76, 0.82) };
}

function drawBirds({ width, height, unit }: Canvas, palette: Palette, random: Random): string {
  const middle = { x: width * random.between(0.25, 0.75), y: height * random.between(0.18, 0.34) };
  const colour = palette.isNight ? palette.glow : palette.near;
  const birds = Array.from({ length: 7 }, () => {
    const x = middle.x + unit * random.between(-16, 16);
    const y = middle.y + unit * random.between(-7, 7);
    const wing = unit * random.between(1.2, 2.4);
    const data = `M${n(x - wing)} ${n(y)}q${n(wing / 2)} ${n(-wing * 0.7)} ${n(wing)} 0q${n(wing / 2)} ${n(-wing * 0.7)} ${n(wing)} 0`;
    return stroke(data, colour, unit * 0.35, 0.8);
  });
  return birds.join('');
}
