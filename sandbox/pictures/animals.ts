import type { Subject } from './subjects.js';
import { circle, path, stroke } from './svg.js';

// Each is drawn in a box of 100 by 100 and stands on its lower edge.

const eyes = (x: number, y: number, radius: number, colour = '#20161a') =>
  circle({ x: 50 - x, y }, radius, colour) +
  circle({ x: 50 + x, y }, radius, colour) +
  circle({ x: 50 - x + radius * 0.3, y: y - radius * 0.35 }, radius * 0.35, '#ffffff') +
  circle({ x: 50 + x + radius * 0.3, y: y - radius * 0.35 }, radius * 0.35, '#ffffff');

const fox: Subject = {
  words: ['fox', 'foxes'],
  place: 'ground',
  size: 34,
  draw: () =>
    [
      path('M60 97C92 102 104 70 88 46C90 66 76 74 62 78Z', '#e2682a'),
      path('M88 46C98 60 96 74 88 82C86 72 84 66 80 64C86 60 88 54 88 46Z', '#fff4e6'),
      path('M34 100C27 78 36 58 50 54C64 58 73 78 66 100Z', '#ee7a33'),
      path('M50 58C40 66 41 84 50 97C59 84 60 66 50 58Z', '#fff4e6'),
      path('M39 100C37 90 39 84 42 82L46 100ZM61 100C63 90 61 84 58 82L54 100Z', '#5b2c1a'),
      path('M24 36L27 4L43 20Q50 18 57 20L73 4L76 36Q66 54 50 64Q34 54 24 36Z', '#f0823a'),
      path('M29 10L31 26L38 20ZM71 10L69 26L62 20Z', '#5b2c1a'),
      path('M24 36Q34 54 50 64Q47 48 38 42Q31 38 24 36ZM76 36Q66 54 50 64Q53 48 62 42Q69 38 76 36Z', '#fff4e6'),
      eyes(11, 37, 3),
      path('M45.5 58Q50 55 54.5 58Q53 64 50 65Q47 64 45.5 58Z', '#20161a'),
    ].join(''),
};

const cat: Subject = {
  words: ['cat', 'cats', 'kitten', 'kitty'],
  place: 'ground',
  size: 32,
  draw: ({ palette }) => {
    const fur = palette.isNight ? '#4d527e' : '#3b3a4e';
    const dark = palette.isNight ? '#3b3f66' : '#2a2939';
    return [
      stroke('M64 94C92 98 96 74 84 62C78 56 82 46 90 50', fur, 6.5),
      path('M32 100C26 74 36 54 50 52C64 54 74 74 68 100Z', fur),
      path('M41 100C40 88 43 82 47 80V100ZM59 100C60 88 57 82 53 80V100Z', dark),
      path('M27 40L28 10L43 22Q50 20 57 22L72 10L73 40Q72 60 50 62Q28 60 27 40Z', fur),
      path('M31 16L33 29L40 24ZM69 16L67 29L60 24Z', '#e79aa5'),
      circle({ x: 39, y: 39 }, 5, '#f6e27a') + circle({ x: 61, y: 39 }, 5, '#f6e27a'),
      path('M39 34.4Q40.8 39 39 43.6Q37.2 39 39 34.4ZM61 34.4Q62.8 39 61 43.6Q59.2 39 61 34.4Z', '#15131c'),
      path('M47 48H53L50 51.5Z', '#e79aa5'),
      stroke('M50 51.5Q48 55 44.5 54M50 51.5Q52 55 55.5 54', '#e8e3ee', 0.9, 0.8),
      stroke('M34 49L18 46M34 52L18 54M66 49L82 46M66 52L82 54', '#e8e3ee', 0.7, 0.7),
    ].join('');
  },
};

const dog: Subject = {
  words: ['dog', 'dogs', 'puppy', 'retriever', 'corgi'],
  place: 'ground',
  size: 33,
  draw: () =>
    [
      stroke('M66 92C84 90 90 76 86 64', '#b9793f', 7),
      path('M32 100C26 76 36 58 50 56C64 58 74 76 68 100Z', '#d9a066'),
      path('M50 62C42 70 42 88 50 98C58 88 58 70 50 62Z', '#fff1de'),
      path('M29 36Q30 16 50 15Q70 16 71 36Q70 62 50 64Q30 62 29 36Z', '#d9a066'),
      path('M31 22Q18 22 17 44Q18 58 27 56Q34 44 34 26ZM69 22Q82 22 83 44Q82 58 73 56Q66 44 66 26Z', '#9c6233'),
      path('M38 52Q40 42 50 42Q60 42 62 52Q60 63 50 64Q40 63 38 52Z', '#fff1de'),
      eyes(10, 36, 3.2),
      path('M45 46Q50 43 55 46Q54 51 50 52Q46 51 45 46Z', '#2a1b16'),
      path('M47 57H53Q54 66 50 67Q46 66 47 57Z', '#ee7f8b'),
      stroke('M50 52V56M44 56Q50 60 56 56', '#2a1b16', 1),
      path('M36 66Q50 74 64 66L63 71Q50 79 37 71Z', '#e2504a'),
    ].join(''),
};

const owl: Subject = {
  words: ['owl', 'owls'],
  place: 'ground',
  size: 26,
  draw: () =>
    [
      path('M24 58Q22 18 34 16L30 4L44 12Q50 10 56 12L70 4L66 16Q78 18 76 58Q74 98 50 98Q26 98 24 58Z', '#7a5238'),
      path('M34 62Q36 46 50 46Q64 46 66 62Q64 92 50 93Q36 92 34 62Z', '#e8cfa6'),
      stroke('M42 66Q45 70 48 66M52 66Q55 70 58 66M46 75Q50 79 54 75', '#a9794f', 1.6),
      path('M24 50Q16 70 28 88Q32 70 30 52ZM76 50Q84 70 72 88Q68 70 70 52Z', '#5c3b27'),
      circle({ x: 39, y: 34 }, 11.5, '#fff6e0') + circle({ x: 61, y: 34 }, 11.5, '#fff6e0'),
      circle({ x: 39, y: 34 }, 8, '#f5b93e') + circle({ x: 61, y: 34 }, 8, '#f5b93e'),
      eyes(11, 34, 4.6),
      path('M46 42H54L50 51Z', '#ef8d32'),
      path('M40 97l3-5 3 5zM54 97l3-5 3 5z', '#ef8d32'),
    ].join(''),
};

const whale: Subject = {
  words: ['whale', 'whales', 'dolphin', 'fish'],
  place: 'water',
  size: 42,
  draw: () =>
    [
      path('M4 86Q6 52 46 50Q76 50 86 76L94 60Q86 54 86 44Q96 46 98 54Q102 46 112 46Q112 56 102 61L97 86Z', '#3f6f9f'),
      path('M4 86Q8 72 26 74Q52 84 80 86Z', '#dbe9f2'),
      stroke('M12 78Q26 78 40 84M16 73Q32 73 50 82', '#a9c3d8', 1),
      circle({ x: 24, y: 68 }, 2.2, '#14202c'),
      stroke('M42 48V36M42 36Q34 28 30 34M42 36Q50 28 54 34', '#e9f6ff', 2.4, 0.9),
    ].join(''),
};

export const animals: readonly Subject[] = [fox, cat, dog, owl, whale];
