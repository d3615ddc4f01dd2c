import { findIcons, type Icon } from './find-icons.js';
import { findStyle, type StyleName } from './styles.js';

/** What an image shows. */
export interface Scene {
  /** The first is the main one. */
  subjects: readonly Icon[];
  /** Written out if no subject is found; empty if the words only name scenery. */
  letters: string;
  style?: StyleName | undefined;
  light?: 'day' | 'dusk' | 'night' | undefined;
  ground: 'land' | 'snow' | 'water';
}

export const maxSubjects = 3;
/** More than are ever shown. */
const maxLetters = 1000;

const night = ['night', 'midnight', 'moon', 'moonlight', 'stars', 'dark', 'neon'];
const dusk = ['sunset', 'sunrise', 'dawn', 'dusk', 'evening', 'golden'];
const day = ['day', 'noon', 'sunny', 'morning', 'spring', 'summer'];
const snow = ['snow', 'snowy', 'winter', 'ice', 'frozen'];
const water = ['sea', 'ocean', 'lake', 'river', 'water', 'harbor', 'coast', 'beach', 'wave', 'waves'];
/** Drawn as light and ground, so they need no icon of their own. */
const scenery = new Set([...night, ...dusk, ...day, ...snow, ...water].filter((word) => word !== 'harbor'));

const fillers = new Set(
  `a an the and or of in on at to for with from by as is are be it its this that our your my their we you they over under
  into onto near next up down out off one two three four some many very new old small big little large red blue green
  yellow orange black white pink purple brown gray grey bright soft warm light lighting hot cold quiet single scene view style`.split(
    /\s+/,
  ),
);

/** The sandbox's small understanding of a prompt; a negative prompt takes out what it names. */
export function readPrompt(prompt: string, negativePrompt = ''): Scene {
  const { style, rest } = findStyle(prompt);
  const excluded = new Set(wordsOf(negativePrompt));
  const without = new Set(findIcons([...excluded], excluded.size).map(({ name }) => name));
  const words = wordsOf(rest).filter((word) => !excluded.has(word));
  const has = (list: readonly string[]) => words.some((word) => list.includes(word));
  const named = words.filter(isSubject);
  const subjects = findIcons(named, maxSubjects + without.size).filter(({ name }) => !without.has(name));
  return {
    subjects: subjects.slice(0, maxSubjects),
    letters: named.length > 0 ? rest.trim().slice(0, maxLetters) : '',
    style,
    light: has(night) ? 'night' : has(dusk) ? 'dusk' : has(day) ? 'day' : undefined,
    ground: has(snow) ? 'snow' : has(water) ? 'water' : 'land',
  };
}

/** The subjects that words name, without light and ground. */
export function iconsIn(text: string): Icon[] {
  return findIcons(wordsOf(text).filter(isSubject), maxSubjects);
}

function isSubject(word: string): boolean {
  return !fillers.has(word) && !scenery.has(word);
}

export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}
