import { expect, test } from 'vitest';
import { giveBack, lendBytes } from '../../src/models/answer-memory.js';

const megabyte = 1024 * 1024;

test('memory that was given back is lent again, and only then', () => {
  const first = lendBytes(megabyte);
  const second = lendBytes(megabyte);
  expect(second.buffer).not.toBe(first.buffer);
  giveBack(first);
  expect(lendBytes(2 * megabyte).buffer).toBe(first.buffer);
  expect(lendBytes(megabyte).buffer).not.toBe(first.buffer);
});

test('giving back twice lends once', () => {
  const bytes = lendBytes(megabyte);
  giveBack(bytes);
  giveBack(bytes);
  expect(lendBytes(megabyte).buffer).toBe(bytes.buffer);
  expect(lendBytes(megabyte).buffer).not.toBe(bytes.buffer);
});

test('memory of the largest images is lent again, to those alone that need as much', () => {
  const large = lendBytes(18 * megabyte);
  giveBack(large);
  expect(lendBytes(megabyte).buffer).not.toBe(large.buffer);
  expect(lendBytes(24 * megabyte).buffer).toBe(large.buffer);
});

test('no more is kept to be lent than a few of the largest images need', () => {
  const buffers = Array.from({ length: 6 }, () => lendBytes(25 * megabyte));
  for (const bytes of buffers) giveBack(bytes);
  const kept = buffers
    .map(() => lendBytes(25 * megabyte).buffer)
    .filter((buffer) => buffers.some((bytes) => bytes.buffer === buffer));
  expect(kept).toHaveLength(4);
});

test.each([1000, 33 * megabyte])('%i bytes have memory of their own, which is never lent', (length) => {
  const bytes = lendBytes(length);
  expect(bytes).toHaveLength(length);
  giveBack(bytes);
  expect(lendBytes(length).buffer).not.toBe(bytes.buffer);
});
