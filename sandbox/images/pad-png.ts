import { createCipheriv } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** The end chunk of every PNG: 12 bytes. */
const endLength = 12;

/** The same image in at least `size` bytes: a private ancillary chunk, which every reader skips, holds noise that no compression shrinks. */
export function padPng(png: Buffer, size: number): Buffer {
  const missing = size - png.length - 12;
  if (missing <= 0) return png;
  const typed = Buffer.concat([Buffer.from('paDd'), noise(missing)]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(missing);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(typed));
  const end = png.length - endLength;
  return Buffer.concat([png.subarray(0, end), length, typed, sum, png.subarray(end)]);
}

function noise(length: number): Buffer {
  return createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(length));
}
