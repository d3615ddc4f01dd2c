import { type Palette, palettes } from './palettes.js';
import { hash, type Random } from './random.js';
import type { Scene } from './scene.js';
import { type Subject, subjects } from './subjects.js';

const features = {
  mountains: ['mountain', 'mountains', 'peak', 'peaks', 'alps', 'summit', 'hike', 'hiking'],
  water: ['sea', 'ocean', 'lake', 'river', 'beach', 'water', 'coast', 'island', 'harbor', 'harbour', 'wave', 'waves'],
  city: ['city', 'town', 'skyline', 'street', 'urban', 'skyscraper', 'downtown', 'office'],
  forest: ['forest', 'woods', 'tree', 'trees', 'jungle', 'pine', 'pines', 'wood'],
  flowers: ['flower', 'flowers', 'garden', 'meadow', 'spring', 'blossom', 'rose', 'tulips', 'field'],
  snow: ['snow', 'snowy', 'winter', 'ice', 'frozen', 'christmas', 'blizzard'],
  birds: ['bird', 'birds', 'seagull', 'seagulls', 'free', 'freedom'],
} as const;

/**
 * What a prompt asks for, in the sandbox's small vocabulary; what it leaves open, chance decides.
 * Seeds that follow one another get different light, so that four pictures of a batch are easily told apart.
 */
export function readPrompt(prompt: string, seed: number, random: Random): Scene {
  const words = new Set(prompt.toLowerCase().match(/\p{L}+/gu) ?? []);
  const names = (list: readonly string[]) => list.some((word) => words.has(word));
  const palette = choosePalette(words, seed + hash(prompt));
  const named = subjects.filter((subject) => names(subject.words)).slice(0, 3);
  const anyFeature = Object.values(features).some(names);
  const shown = named.length > 0 || anyFeature ? named : [random.pick(pleasant())];
  return {
    palette,
    subjects: shown,
    mountains: names(features.mountains) || random.chance(0.4),
    water: names(features.water) || shown.some(({ place }) => place === 'water'),
    city: names(features.city),
    forest: names(features.forest) || random.chance(0.35),
    flowers: names(features.flowers),
    snow: names(features.snow),
    birds: names(features.birds) || random.chance(0.3),
  };
}

/** Half of the seeds keep the light that the words ask for; the others go through all of them. */
function choosePalette(words: ReadonlySet<string>, turn: number): Palette {
  const asked = palettes.filter((palette) => palette.words.some((word) => words.has(word)));
  const others = palettes.filter((palette) => !asked.includes(palette));
  const near = asked.length > 0 ? [...asked, ...others.slice(0, 4 - Math.min(3, asked.length))] : palettes;
  return near[turn % near.length] ?? palettes[0];
}

/** What a picture shows where the words name nothing that the sandbox knows. */
function pleasant(): [Subject, ...Subject[]] {
  const [first, ...rest] = subjects.filter(({ words }) =>
    ['balloon', 'boat', 'tree', 'house'].some((word) => words.includes(word)),
  );
  if (!first) throw new Error('the sandbox knows no pleasant subject');
  return [first, ...rest];
}
