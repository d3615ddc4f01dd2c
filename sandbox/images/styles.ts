/*
 * Filters of https://www.w3.org/TR/filter-effects-1/ that make each style look different at a glance. `blur` softens only
 * what is behind the subjects.
 */

interface Look {
  /** Begins the part of a prompt, or is the vendor's own value, that asks for this style. */
  words: RegExp;
  /** Filter primitives over the whole scene; `unit` is a hundredth of the shorter side. */
  filter?: (unit: number) => string;
  /** Elements over the whole scene, in a box of 100 by 100. */
  overlay?: string;
  blur?: boolean;
}

const gray = '<feColorMatrix type="saturate" values="0"/>';
const posterize = (levels: string) =>
  `<feComponentTransfer>${['R', 'G', 'B'].map((channel) => `<feFunc${channel} type="discrete" tableValues="${levels}"/>`).join('')}</feComponentTransfer>`;
const edges = '<feConvolveMatrix order="3" kernelMatrix="1 1 1 1 -8 1 1 1 1" preserveAlpha="true"/>';
const invert = '<feColorMatrix values="-3 0 0 0 1 0 -3 0 0 1 0 0 -3 0 1 0 0 0 1 0"/>';
const thicken = (unit: number) => `<feMorphology operator="erode" radius="${unit / 4}"/>`;
const grid =
  '<defs><pattern id="grid" width="10" height="5.77" patternUnits="userSpaceOnUse"><path d="M0 0L10 5.77M10 0L0 5.77" stroke="#fff" stroke-width="0.3" opacity="0.6"/></pattern></defs><rect y="62" width="100" height="38" fill="url(#grid)"/>';
const dots =
  '<defs><pattern id="dots" width="2" height="2" patternUnits="userSpaceOnUse"><circle cx="1" cy="1" r="0.5" fill="#000" opacity="0.18"/></pattern></defs><rect width="100" height="100" fill="url(#dots)"/>';
const bars = '<rect width="100" height="11"/><rect y="89" width="100" height="11"/>';

const looks = {
  photo: { words: /^(?:realistic photograph|photo)/, blur: true },
  illustration: {
    words: /^(?:digital illustration|digital-art|soft digital)/,
    filter: () => '<feColorMatrix type="saturate" values="1.7"/>',
  },
  watercolor: {
    words: /^water-?color/,
    filter: (unit) =>
      `<feTurbulence type="fractalNoise" baseFrequency="${0.3 / unit}" numOctaves="3" result="noise"/><feDisplacementMap in="SourceGraphic" in2="noise" scale="${unit * 7}" xChannelSelector="R" yChannelSelector="G"/><feColorMatrix values="0.7 0 0 0 0.26 0 0.7 0 0 0.26 0 0 0.7 0 0.24 0 0 0 1 0"/>`,
  },
  'line-art': { words: /^(?:line[- ]art|design sketch)/, filter: (unit) => gray + edges + invert + thicken(unit) },
  '3d': {
    words: /^3d/,
    filter: (unit) =>
      `<feGaussianBlur in="SourceGraphic" stdDeviation="${unit}" result="soft"/><feDiffuseLighting in="soft" surfaceScale="${unit}" result="lit"><feDistantLight azimuth="235" elevation="55"/></feDiffuseLighting><feComposite in="lit" in2="SourceGraphic" operator="arithmetic" k1="1.1" k3="0.15"/>`,
  },
  flat: { words: /^flat/, filter: () => posterize('0 0.35 0.7 1') },
  comic: {
    words: /^(?:comic|graphic novel)/,
    filter: () => `${posterize('0 0.5 1')}<feColorMatrix type="saturate" values="1.5"/>`,
    overlay: dots,
  },
  'pixel-art': { words: /^pixel/ },
  cinematic: {
    words: /^cinematic/,
    filter: () => '<feColorMatrix values="1 0.15 0 0 0 0 0.85 0.05 0 0 0 0.1 0.85 0 0.08 0 0 0 1 0"/>',
    overlay: bars,
  },
  isometric: { words: /^isometric/, filter: () => '<feColorMatrix type="saturate" values="0.75"/>', overlay: grid },
} as const satisfies Record<string, Look>;

export type StyleName = keyof typeof looks;

export const styleNames = Object.keys(looks).filter(isStyleName);

export function lookOf(style: StyleName | undefined): Partial<Look> {
  return style ? looks[style] : {};
}

/** A style comes as a part of the prompt of its own, after commas; what follows it belongs to it. */
export function findStyle(prompt: string): { style: StyleName | undefined; rest: string } {
  const parts = prompt.split(',');
  for (const [index, part] of parts.entries()) {
    const asked = part.trim().toLowerCase().replaceAll('_', ' ');
    for (const [name, { words }] of Object.entries(looks)) {
      if (index > 0 && words.test(asked) && isStyleName(name))
        return { style: name, rest: parts.slice(0, index).join(',') };
    }
  }
  return { style: undefined, rest: prompt };
}

function isStyleName(name: string): name is StyleName {
  return Object.hasOwn(looks, name);
}
