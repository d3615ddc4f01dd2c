import { crc32 } from 'node:zlib';

/** The length, the name and the checksum of every chunk; the whole of the end chunk. */
export const chunkOverhead = 12;
const signatureLength = 8;

/** The same PNG with one more chunk before its end. */
export function addChunk(png: Buffer, name: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(name), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(typed));
  const end = png.length - chunkOverhead;
  return Buffer.concat([png.subarray(0, end), length, typed, sum, png.subarray(end)]);
}

export function findChunk(png: Buffer, name: string): Buffer | undefined {
  for (let at = signatureLength; at + chunkOverhead <= png.length; ) {
    const length = png.readUInt32BE(at);
    const start = at + 8;
    if (png.toString('latin1', at + 4, start) === name) return png.subarray(start, start + length);
    at += length + chunkOverhead;
  }
  return undefined;
}
