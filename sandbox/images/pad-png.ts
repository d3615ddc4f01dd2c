import { createCipheriv } from 'node:crypto';
import { addChunk, chunkOverhead } from './png-chunks.js';

/** The same image in at least `size` bytes: a private ancillary chunk, which every reader skips, holds noise that no compression shrinks. */
export function padPng(png: Buffer, size: number): Buffer {
  const missing = size - png.length - chunkOverhead;
  return missing > 0 ? addChunk(png, 'paDd', noise(missing)) : png;
}

function noise(length: number): Buffer {
  return createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(length));
}
