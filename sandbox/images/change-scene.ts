import { colorIn, findColor } from './colors.js';
import type { Icon } from './find-icons.js';
import { hashOf } from './random.js';
import { iconsIn, maxSubjects, readPrompt, wordsOf } from './read-prompt.js';
import type { Margin, Recipe } from './recipe.js';
import { findStyle } from './styles.js';

/** What a service is told in words. */
export interface Words {
  prompt: string;
  negativePrompt?: string | undefined;
  seed: number;
  /** Written into a corner. */
  model?: string | undefined;
}

/** The subject that the first words name is now what the others name; the main subject, if they name none. */
export function replaceSubject(recipe: Recipe, searched: string, prompt: string): Recipe {
  const [icon] = iconsIn(prompt);
  const { scene } = recipe;
  if (!icon) return { ...recipe, scene: { ...scene, subjects: [], letters: prompt } };
  return { ...recipe, scene: { ...scene, subjects: changeNamed(scene.subjects, searched, () => icon) } };
}

export function recolorSubject(recipe: Recipe, selected: string, prompt: string): Recipe {
  const color = colorIn(prompt);
  const recolor = (icon: Icon): Icon => ({ ...icon, color });
  const { scene } = recipe;
  return { ...recipe, scene: { ...scene, subjects: changeNamed(scene.subjects, selected, recolor) } };
}

function changeNamed(subjects: readonly Icon[], words: string, change: (icon: Icon) => Icon): Icon[] {
  const named = new Set(iconsIn(words).map(({ name }) => name));
  const isNamed = subjects.some(({ name }) => named.has(name));
  return subjects.map((icon, index) => ((isNamed ? named.has(icon.name) : index === 0) ? change(icon) : icon));
}

/** The weaker, the closer to the given image. From a strength of a half on, the words decide what is in it. */
export function varyScene(recipe: Recipe, { prompt, negativePrompt, seed, model }: Words, strength: number): Recipe {
  const toward = { chance: hashOf(`${prompt} ${seed}`), seed, share: strength };
  return { ...recipe, model, toward, scene: strength < 0.5 ? recipe.scene : readPrompt(prompt, negativePrompt) };
}

/** Other words in the style and the light of the given image. */
export function keepLook(recipe: Recipe, { prompt, negativePrompt, seed, model }: Words): Recipe {
  const { style, light } = recipe.scene;
  const scene = { ...readPrompt(prompt, negativePrompt), style, light };
  return {
    ...recipe,
    model,
    scene,
    chance: hashOf(`${prompt} ${seed}`),
    margin: { left: 0, right: 0, up: 0, down: 0 },
  };
}

/** Other words with everything in its place. */
export function keepStructure(recipe: Recipe, { prompt, negativePrompt, seed, model }: Words): Recipe {
  return { ...recipe, model, scene: readPrompt(prompt, negativePrompt), seed };
}

const verbs = /\b(?:add|change|give|have|let|make|place|put|replace|show|turn|wear|wearing)\b/gi;

/** What the words name comes in beside the main subject, or changes its color; light, ground and style follow them. */
export function editScene(recipe: Recipe, { prompt: words, model }: Words): Recipe {
  const prompt = words.replace(verbs, ' ');
  const asked = readPrompt(prompt);
  const known = new Set(recipe.scene.subjects.map(({ name }) => name));
  const isOfKnown = asked.subjects.some(({ name }) => known.has(name));
  const { scene } = isOfKnown && findColor(prompt) ? recolorSubject(recipe, prompt, prompt) : recipe;
  const added = asked.subjects.filter(({ name }) => !known.has(name));
  const [main, ...others] = scene.subjects;
  return {
    ...recipe,
    model,
    scene: {
      subjects: [...(main ? [main] : []), ...added, ...others].slice(0, maxSubjects),
      letters: scene.letters,
      style: findStyle(['', ...wordsOf(prompt)].join(',')).style ?? scene.style,
      light: asked.light ?? scene.light,
      ground: asked.ground === 'land' ? scene.ground : asked.ground,
    },
  };
}

/** More of the surroundings; pixels of the image are counted in those of its recipe. */
export function widen(recipe: Recipe, { left, right, up, down }: Margin): Recipe {
  const { margin } = recipe;
  return {
    ...recipe,
    margin: { left: margin.left + left, right: margin.right + right, up: margin.up + up, down: margin.down + down },
  };
}
