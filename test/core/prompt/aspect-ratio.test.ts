import { describe, expect, test } from 'vitest';
import { nearestAspectRatio, parseAspectRatio, sameAspectRatio } from '../../../src/core/prompt/aspect-ratio.js';

describe('aspect ratios', () => {
  test.each([
    ['16:9', '16:9'],
    ['16x9', '16:9'],
    ['1920×1080', '1920:1080'],
    ['16/9', '16:9'],
    ['2.35:1', '2.35:1'],
    ['Square', '1:1'],
    ['landscape', '16:9'],
    ['tall', '9:16'],
    ['16:', undefined],
    ['-1:2', undefined],
    ['1:0', undefined],
    ['1:1:1', undefined],
  ])('%j is read as %s', (text, aspectRatio) => {
    expect(parseAspectRatio(text)).toBe(aspectRatio);
  });

  test('are the same in any size', () => {
    expect(sameAspectRatio('1920:1080', ['1:1', '16:9'])).toBe('16:9');
    expect(sameAspectRatio('1920:1079', ['1:1', '16:9'])).toBeUndefined();
  });

  test('are as near when tall as when wide', () => {
    const offered = ['2:1', '1:1', '1:2'] as const;
    expect(nearestAspectRatio('9:1', offered)).toBe('2:1');
    expect(nearestAspectRatio('1:9', offered)).toBe('1:2');
    expect(nearestAspectRatio('5:4', offered)).toBe('1:1');
    expect(nearestAspectRatio('4:5', offered)).toBe('1:1');
    expect(nearestAspectRatio('1:1', ['8:5', '1:2'])).toBe('8:5');
  });
});
