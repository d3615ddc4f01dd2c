import { describe, expect, it } from 'vitest';
import { imageSize } from '../../../sandbox/images/image-size.js';
import { pixel } from '../workspace/helpers.js';

const padded = (hex: string) => Buffer.concat([Buffer.from(hex.replaceAll(' ', ''), 'hex'), Buffer.alloc(24)]);

describe('the size of an image', () => {
  it('stands in the header of a PNG, a GIF and a JPEG', () => {
    const gif = padded('474946383961 0002 0001');
    const jpeg = padded('ffd8 ffe0 0004 0000 ffc2 0011 08 0100 0200');
    expect([pixel, gif, jpeg].map(imageSize)).toEqual([
      { width: 1, height: 1 },
      { width: 512, height: 256 },
      { width: 512, height: 256 },
    ]);
  });

  it('is not known for other bytes', () => {
    expect([Buffer.from('<p>'), padded('ffd8'), padded('3c70')].map(imageSize)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
