import { randomBytes } from 'node:crypto';
import sharp from 'sharp';

type Color = readonly [red: number, green: number, blue: number];

/** A gray PNG in a frame of this color: whatever is cut off takes a part of the frame along. */
export function framed(width: number, height: number, [r, g, b]: Color): Promise<Buffer> {
  const border = Math.round(Math.min(width, height) * 0.08);
  const inner = { width: width - 2 * border, height: height - 2 * border, channels: 3, background: '#808080' } as const;
  return sharp({ create: inner })
    .extend({ top: border, bottom: border, left: border, right: border, background: { r, g, b } })
    .png()
    .toBuffer();
}

/** Noise, which no JPEG makes small. */
export function noise(width: number, height: number): Promise<Buffer> {
  const raw = { width, height, channels: 3 } as const;
  return sharp(randomBytes(width * height * 3), { raw })
    .png({ compressionLevel: 0 })
    .toBuffer();
}

export async function readPixels(image: Uint8Array) {
  const { data, info } = await sharp(image).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;

  function at(x: number, y: number): Color {
    const start = 3 * (y * width + x);
    return [data[start] ?? 0, data[start + 1] ?? 0, data[start + 2] ?? 0];
  }

  /** The smallest rectangle around every pixel that is so, give or take two pixels: reading each one takes long. */
  function bounds(isWanted: (color: Color, x: number, y: number) => boolean) {
    const box = { left: width, top: height, right: -1, bottom: -1 };
    for (let y = 0; y < height; y += 2) {
      for (let x = 0; x < width; x += 2) {
        if (!isWanted(at(x, y), x, y)) continue;
        box.left = Math.min(box.left, x);
        box.right = Math.max(box.right, x);
        box.top = Math.min(box.top, y);
        box.bottom = Math.max(box.bottom, y);
      }
    }
    return box;
  }

  return { width, height, at, bounds };
}

/** As alike as a JPEG leaves them. */
export function isNear(one: Color, other: Color): boolean {
  return one.every((value, index) => Math.abs(value - (other[index] ?? 0)) < 70);
}
