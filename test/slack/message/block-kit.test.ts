import { describe, expect, test } from 'vitest';
import { messageSchema } from './block-kit.js';

const plain = (text: string) => ({ type: 'plain_text', text });
const button = (differences: object = {}) => ({ type: 'button', text: plain('Use'), action_id: 'a', ...differences });
const image = (differences: object = {}) => ({
  type: 'image',
  image_url: 'https://x.test/1.png',
  alt_text: 'a fox',
  ...differences,
});
const accepts = (block: unknown) => messageSchema.safeParse({ text: 'a fox', blocks: [block] }).success;

describe('the checker of Block Kit limits', () => {
  test.each<[what: string, block: unknown]>([
    ['an image', image()],
    ['a section with a button', { type: 'section', text: plain('a'.repeat(3000)), accessory: button() }],
    ['buttons', { type: 'actions', elements: [button(), button({ action_id: 'b' })] }],
    ['a carousel', { type: 'carousel', elements: [{ type: 'card', actions: [button()] }] }],
  ])('takes %s', (_what, block) => expect(accepts(block)).toBe(true));

  test.each<[what: string, block: unknown]>([
    ['an empty text', { type: 'section', text: plain('') }],
    ['a long section', { type: 'section', text: plain('a'.repeat(3001)) }],
    ['a long button', { type: 'actions', elements: [button({ text: plain('a'.repeat(76)) })] }],
    ['mrkdwn on a button', { type: 'actions', elements: [button({ text: { type: 'mrkdwn', text: 'Use' } })] }],
    ['a long link', { type: 'actions', elements: [button({ url: `https://x.test/${'a'.repeat(3000)}` })] }],
    ['an action_id twice', { type: 'actions', elements: [button(), button()] }],
    [
      'an action_id twice in a carousel',
      { type: 'carousel', elements: [1, 2].map(() => ({ type: 'card', actions: [button()] })) },
    ],
    ['no buttons', { type: 'actions', elements: [] }],
    ['an image without alt text', { type: 'image', image_url: 'https://x.test/1.png' }],
    ['an image with a link and a file', image({ slack_file: { id: 'F0FILE1234' } })],
    ['an image with neither link nor file', { type: 'image', alt_text: 'a fox' }],
    ['an empty card', { type: 'carousel', elements: [{ type: 'card', subtitle: plain('seed 1') }] }],
    [
      'eleven cards',
      { type: 'carousel', elements: Array.from({ length: 11 }, () => ({ type: 'card', title: plain('1') })) },
    ],
    ['an undocumented field', image({ image_width: 1 })],
    ['an undocumented block', { type: 'gallery' }],
  ])('refuses %s', (_what, block) => expect(accepts(block)).toBe(false));

  test('refuses a text that is too long for chat.update, and fifty-one blocks', () => {
    expect(messageSchema.safeParse({ text: 'a'.repeat(4001), blocks: [image()] }).success).toBe(false);
    expect(messageSchema.safeParse({ text: 'a', blocks: Array.from({ length: 51 }, () => image()) }).success).toBe(
      false,
    );
  });
});
