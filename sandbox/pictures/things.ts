import { darker, lighter } from './colour.js';
import type { Subject } from './subjects.js';
import { circle, path, rectangle, stroke } from './svg.js';

// Each is drawn in a box of 100 by 100 and stands on its lower edge.

const rocket: Subject = {
  words: ['rocket', 'launch', 'spaceship', 'startup', 'release', 'ship it', 'astronaut'],
  place: 'sky',
  size: 46,
  draw: () =>
    [
      '<g transform="rotate(24 50 50)">',
      path('M42 76Q40 96 50 116Q60 96 58 76Z', '#ffb347'),
      path('M45 76Q44 90 50 102Q56 90 55 76Z', '#fff3b0'),
      path('M34 58Q22 66 24 82L38 74ZM66 58Q78 66 76 82L62 74Z', '#e2504a'),
      path('M50 0Q70 20 66 60L60 78H40L34 60Q30 20 50 0Z', '#f6f3ee'),
      path('M50 0Q70 20 66 60L60 78H50Z', '#d9d6e2'),
      path('M50 0Q60 10 63.6 24H36.4Q40 10 50 0Z', '#e2504a'),
      circle({ x: 50, y: 40 }, 9, '#3a4a78') + circle({ x: 50, y: 40 }, 6.5, '#8fd0f2'),
      path('M46 78H54L52 84H48Z', '#5a5f7d'),
      '</g>',
    ].join(''),
};

const balloon: Subject = {
  words: ['balloon', 'balloons', 'celebrate', 'celebration', 'travel', 'adventure', 'journey'],
  place: 'sky',
  size: 30,
  draw: ({ palette }) => {
    const main = palette.accent === '#b8ffda' ? '#ff7f6e' : palette.accent;
    return [
      stroke('M36 66L44 86M64 66L56 86M50 70V86', '#4a3440', 0.9),
      path('M50 0Q86 2 84 34Q82 54 60 72H40Q18 54 16 34Q14 2 50 0Z', main),
      path('M50 0Q64 4 64 34Q63 56 55 72H45Q37 56 36 34Q36 4 50 0Z', '#fff6e6'),
      path('M50 0Q55 10 55 36Q54 58 52 72H48Q46 58 45 36Q45 10 50 0Z', '#e2504a'),
      path('M16 34Q50 46 84 34Q83 40 80 46Q50 57 20 46Q17 40 16 34Z', darker(main, 0.25), 0.55),
      path('M43 86H57L55 97Q50 99 45 97Z', '#8a5a3c'),
    ].join('');
  },
};

const boat: Subject = {
  words: ['boat', 'ship', 'sail', 'sailing', 'sailboat'],
  place: 'water',
  size: 34,
  draw: ({ palette }) =>
    [
      stroke('M52 84V8', '#5a3a2c', 2),
      path('M54 10Q84 42 88 74H54Z', '#fff8ec'),
      path('M50 18Q32 46 24 74H50Z', lighter(palette.accent, 0.2)),
      path('M14 82H92Q86 98 74 99H34Q20 97 14 82Z', '#8f3b3b'),
      path('M14 82H92L90 87H17Z', '#fff1de'),
      stroke('M6 100H98', '#ffffff', 1.4, 0.6),
    ].join(''),
};

const lighthouse: Subject = {
  words: ['lighthouse', 'coast', 'harbor', 'harbour'],
  place: 'ground',
  size: 52,
  draw: ({ palette }) =>
    [
      '<defs><radialGradient id="beam" gradientUnits="userSpaceOnUse" cx="50" cy="16" r="100">',
      '<stop offset="0" stop-color="#fff3b0" stop-opacity="0.75"/><stop offset="1" stop-color="#fff3b0" stop-opacity="0"/>',
      '</radialGradient></defs>',
      palette.isNight ? path('M50 16L-50 -4V40ZM50 16L150 -8V36Z', 'url(#beam)') : '',
      path('M40 26H60L66 100H34Z', '#fdf7ee'),
      path('M38.6 42H61.4L62.9 58H37.1ZM36 74H64L65.4 90H34.7Z', '#d9483b'),
      path('M50 26H60L66 100H50Z', '#20161a', 0.12),
      rectangle({ x: 37, y: 22 }, 26, 4, '#3a3a4a'),
      rectangle({ x: 42, y: 10 }, 16, 12, '#ffe9a0'),
      stroke('M42 10V22M50 10V22M58 10V22', '#3a3a4a', 1),
      path('M39 10Q50 -4 61 10Z', '#d9483b'),
    ].join(''),
};

const house: Subject = {
  words: ['house', 'cabin', 'cottage', 'home', 'barn', 'castle', 'farm'],
  place: 'ground',
  size: 30,
  draw: ({ palette, snow }) =>
    [
      rectangle({ x: 66, y: 22 }, 9, 24, '#6b4438'),
      stroke('M70 18C64 10 78 4 70 -6C66 -12 74 -16 72 -22', '#ffffff', 4, 0.35),
      path('M16 54H84V100H16Z', '#8a5a44'),
      path('M50 14L96 56H4Z', snow ? '#f4f8ff' : '#5a3040'),
      path('M50 14L96 56H88L50 22L12 56H4Z', '#3a2430', snow ? 0.2 : 0.5),
      rectangle({ x: 43, y: 70 }, 15, 30, '#4a2c24'),
      ...[24, 64].map((x) => rectangle({ x, y: 66 }, 13, 14, palette.isNight ? '#ffdf8e' : '#ffe9b8')),
      stroke('M30.500 66v14M24 73h13M70.500 66v14M64 73h13', '#4a2c24', 1.2),
      circle({ x: 50, y: 46 }, 5, '#ffdf8e'),
    ].join(''),
};

const coffee: Subject = {
  words: ['coffee', 'tea', 'cup', 'espresso', 'latte', 'breakfast', 'cafe', 'café'],
  place: 'ground',
  size: 38,
  draw: ({ palette }) =>
    [
      ...[34, 47, 60].map((x, index) =>
        stroke(`M${x} 34C${x - 7} 24 ${x + 7} 18 ${x} ${6 - index * 3}`, '#ffffff', 3, 0.5),
      ),
      path('M2 92Q50 106 98 92Q92 100 78 101H22Q8 100 2 92Z', '#f2e6d8'),
      stroke('M74 52C94 48 96 76 70 78', '#fdf7ee', 6),
      path('M16 42H78Q80 82 62 94H32Q14 82 16 42Z', '#fdf7ee'),
      path('M47 42H78Q80 82 62 94H47Z', darker(palette.accent, 0.05), 0.16),
      path('M16 42Q47 32 78 42Q47 54 16 42Z', '#5a3420'),
      path('M47 40Q40 36 36 41Q38 46 47 48Q56 46 58 41Q54 36 47 40Z', '#e8cfa6'),
    ].join(''),
};

const robot: Subject = {
  words: ['robot', 'robots', 'ai', 'bot', 'machine', 'computer', 'code', 'software'],
  place: 'ground',
  size: 34,
  draw: ({ palette }) =>
    [
      stroke('M50 14V4M34 66Q18 70 20 86M66 66Q82 70 80 86', '#7f8ba3', 4),
      circle({ x: 50, y: 4 }, 4, palette.accent),
      '<rect x="30" y="58" width="40" height="34" rx="8" fill="#aab7cc"/>',
      '<rect x="37" y="65" width="26" height="14" rx="4" fill="#31405f"/>',
      circle({ x: 44, y: 72 }, 2.4, '#7ef0c1') +
        circle({ x: 50, y: 72 }, 2.4, '#ffd166') +
        circle({ x: 56, y: 72 }, 2.4, '#ff7f6e'),
      '<rect x="22" y="14" width="56" height="42" rx="13" fill="#d5deeb"/>',
      '<rect x="28" y="22" width="44" height="26" rx="9" fill="#22304d"/>',
      circle({ x: 41, y: 34 }, 4.6, '#7ee0ff') + circle({ x: 59, y: 34 }, 4.6, '#7ee0ff'),
      stroke('M44 42Q50 46 56 42', '#7ee0ff', 1.8),
      '<rect x="34" y="92" width="12" height="8" rx="3" fill="#7f8ba3"/><rect x="54" y="92" width="12" height="8" rx="3" fill="#7f8ba3"/>',
    ].join(''),
};

const tree: Subject = {
  words: ['tree', 'oak', 'garden', 'park', 'nature'],
  place: 'ground',
  size: 46,
  draw: ({ palette }) => {
    const leaf = palette.name === 'sunset' ? '#e0743a' : palette.name === 'morning' ? '#f29bb2' : '#3f8f6b';
    const crowns: [number, number, number, number][] = [
      [50, 26, 24, 0],
      [28, 40, 19, 0.12],
      [72, 40, 19, 0.12],
      [50, 46, 22, 0.05],
      [38, 28, 14, -1],
      [60, 22, 10, -1],
    ];
    const crown = crowns.map(([x, y, radius, shade]) =>
      circle({ x, y }, radius, shade < 0 ? lighter(leaf, 0.16) : darker(leaf, shade)),
    );
    return path('M46 100Q48 76 46 56H54Q52 76 56 100Z', '#4a3028') + crown.join('');
  },
};

export const things: readonly Subject[] = [rocket, balloon, boat, lighthouse, house, coffee, robot, tree];
