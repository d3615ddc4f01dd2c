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

test.each([1000, 30 * megabyte])('%i bytes have memory of their own, which is never lent', (length) => {
  const bytes = lendBytes(length);
  expect(bytes).toHaveLength(length);
  giveBack(bytes);
  expect(lendBytes(length).buffer).not.toBe(bytes.buffer);
});
