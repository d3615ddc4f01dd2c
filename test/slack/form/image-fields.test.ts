import { expect, test } from 'vitest';
import { operations } from '../../../src/core/model-catalog.js';
import { imageFields, readImageField, usesOfImage } from '../../../src/slack/form/image-fields.js';
import { formWords } from '../../../src/text/form.js';
import { valuesOf } from '../message/show.js';

const stateWith = (...files: unknown[]) => ({ image: { value: { type: 'file_input', files } } });
const tenMegabytes = 10_485_760;
const [tooLarge, ofOtherKind] = [formWords.imageTooLarge, formWords.imageOfOtherKind];

test.each([
  ['a PNG', { mimetype: 'image/png', size: 9 }, undefined],
  ['a WebP of 10 MB', { mimetype: 'image/webp', size: tenMegabytes }, undefined],
  ['a JPEG of 10 MB and a byte', { mimetype: 'image/jpeg', size: tenMegabytes + 1 }, tooLarge],
  ['a GIF', { mimetype: 'image/gif', size: 9 }, ofOtherKind],
  ['a large video', { mimetype: 'video/mp4', size: tenMegabytes + 1 }, ofOtherKind],
  ['a file that Slack has not processed', { mimetype: '' }, undefined],
  ['a file of which Slack tells nothing', {}, undefined],
])('%s in the form is judged by what Slack says of it', (_what, told, issue) => {
  expect(readImageField(stateWith({ id: 'F012AB3CD', ...told }))).toEqual({ fileId: 'F012AB3CD', issue });
});

test.each([
  ['no file', stateWith()],
  ['no field', { prompt: { value: { value: 'a fox' } } }],
  ['another field of that name', { image: { value: { value: 'a fox' } } }],
  ['a file without an ID of Slack', stateWith({ id: '../T1' })],
  ['nothing', undefined],
])('a form with %s has no image', (_what, state) => {
  expect(readImageField(state)).toBeUndefined();
});

const offer = (names: readonly string[], downloadFile = async () => new Uint8Array()) => ({
  downloadFile,
  operations: { list: () => operations.filter(({ name }) => names.includes(name)), disable: () => undefined },
});

test('of what is offered, only what works from an image that a user gives is in the form', () => {
  const uses = usesOfImage(offer(['upscale', 'vary_subtle', 'image_to_image', 'sketch']));
  expect(uses.map(({ name }) => name)).toEqual(['image_to_image', 'sketch']);
  expect(usesOfImage({ ...offer(['sketch']), downloadFile: undefined })).toEqual([]);
});

test.each([
  ['the field for a file', '', ['image_to_image', 'sketch']],
  ['the words that there is one', 'F012AB3CD', ['none', 'image_to_image', 'sketch']],
])('the form has %s, and the prices of so many images', (_what, image, values) => {
  const uses = usesOfImage(offer(['image_to_image', 'sketch']));
  const blocks = imageFields({ uses, image, count: 2, chosen: 'sketch', isOfPost: false });
  expect(blocks.map(({ type }) => type)).toEqual([image ? 'context' : 'input', 'input']);
  expect(valuesOf(blocks, 'value').slice(0, values.length)).toEqual(values);
  expect(valuesOf(blocks, 'value').at(-1)).toBe('sketch');
  expect(valuesOf(blocks, 'text')).toContain('Color in a sketch (about $0.14)');
});

test('a form that offers no use has no field for an image', () => {
  expect(imageFields({ uses: [], image: 'draft', count: 4, chosen: '', isOfPost: true })).toEqual([]);
});
