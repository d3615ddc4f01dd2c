import type { Colour } from './colour.js';

/** The light of a picture: from the top of the sky to the nearest ground. */
export interface Palette {
  name: string;
  /** Words of a prompt that ask for it. */
  words: readonly string[];
  sky: readonly [top: Colour, middle: Colour, horizon: Colour];
  /** The sun or the moon, and the glow around it. */
  light: Colour;
  glow: Colour;
  far: Colour;
  near: Colour;
  /** Flowers, windows, small things that catch the eye. */
  accent: Colour;
  isNight: boolean;
}

export const palettes: readonly [Palette, ...Palette[]] = [
  {
    name: 'sunset',
    words: ['sunset', 'warm', 'autumn', 'desert', 'orange', 'golden', 'vintage', 'cinematic'],
    sky: ['#2b2d6e', '#c5508c', '#ffb36b'],
    light: '#fff1c9',
    glow: '#ffcf87',
    far: '#c86a8c',
    near: '#2a1a40',
    accent: '#ffd166',
    isNight: false,
  },
  {
    name: 'morning',
    words: ['morning', 'dawn', 'pastel', 'watercolor', 'watercolour', 'soft', 'spring', 'pink', 'happy'],
    sky: ['#7fb2e5', '#f7c7d4', '#fff0d6'],
    light: '#fffbe8',
    glow: '#ffe6b0',
    far: '#b6c3dc',
    near: '#3d6b6a',
    accent: '#ff8fa3',
    isNight: false,
  },
  {
    name: 'night',
    words: ['night', 'moon', 'moonlight', 'stars', 'starry', 'midnight', 'dark', 'space', 'sad'],
    sky: ['#070b26', '#1b2a63', '#4a5fa5'],
    light: '#fdf6e0',
    glow: '#aebcf2',
    far: '#33478c',
    near: '#060a1e',
    accent: '#ffd98a',
    isNight: true,
  },
  {
    name: 'noon',
    words: ['day', 'noon', 'sunny', 'summer', 'beach', 'blue', 'bright', 'clear'],
    sky: ['#2f8fd8', '#8fd0f2', '#e8f7f4'],
    light: '#fffdf0',
    glow: '#fff3c4',
    far: '#8fb8c9',
    near: '#1f5d4c',
    accent: '#ffca3a',
    isNight: false,
  },
  {
    name: 'aurora',
    words: ['aurora', 'arctic', 'northern', 'magic', 'magical', 'fantasy', 'neon', 'cyberpunk', 'dream'],
    sky: ['#0a1030', '#14506a', '#49b79b'],
    light: '#f1fff7',
    glow: '#8cf0c8',
    far: '#2c6f7d',
    near: '#071724',
    accent: '#b8ffda',
    isNight: true,
  },
  {
    name: 'mist',
    words: ['mist', 'misty', 'fog', 'foggy', 'rain', 'rainy', 'calm', 'quiet', 'minimal', 'zen'],
    sky: ['#6f8fa0', '#b9cdd0', '#f2eee2'],
    light: '#ffffff',
    glow: '#fff7e3',
    far: '#a9bfc2',
    near: '#23404a',
    accent: '#f2a65a',
    isNight: false,
  },
  {
    name: 'dusk',
    words: ['dusk', 'evening', 'twilight', 'purple', 'violet', 'lavender', 'romantic'],
    sky: ['#1f1b4d', '#6b4aa0', '#f19bb0'],
    light: '#ffe9d9',
    glow: '#ffb8b8',
    far: '#7d5aa6',
    near: '#18123a',
    accent: '#ffb3c6',
    isNight: false,
  },
  {
    name: 'winter',
    words: ['snow', 'snowy', 'winter', 'ice', 'frozen', 'cold', 'christmas'],
    sky: ['#5b87b8', '#b7cfe6', '#fdeee4'],
    light: '#fffdf6',
    glow: '#ffe8d2',
    far: '#c3d3e6',
    near: '#6d8db3',
    accent: '#e2725b',
    isNight: false,
  },
];
