import { animals } from './animals.js';
import type { Palette } from './palettes.js';
import { things } from './things.js';

interface SubjectLight {
  palette: Palette;
  snow: boolean;
}

/** Something that stands in the landscape when the prompt names it. */
export interface Subject {
  words: readonly string[];
  place: 'ground' | 'water' | 'sky';
  /** Its height, in hundredths of the picture's shorter side. */
  size: number;
  /** SVG in a box of 100 by 100. */
  draw(light: SubjectLight): string;
}

export const subjects: readonly Subject[] = [...animals, ...things];
