import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readManifest } from '../../../src/sandbox/page/read-manifest.js';

test("the product's manifest brings its command", async () => {
  const installed = readManifest(await readFile('manifest.yml', 'utf8'));
  expect(installed.commands).toContainEqual({
    command: '/imagine',
    description: 'Draw four pictures and choose one',
    usageHint: 'a red fox in the snow',
  });
});

test('shortcuts are told with their callback ids', () => {
  const yaml = 'features: {shortcuts: [{name: Do it, type: message, callback_id: do_it, description: Does it}]}';
  expect(readManifest(yaml)).toEqual({
    commands: [],
    shortcuts: [{ name: 'Do it', callbackId: 'do_it', type: 'message' }],
  });
});
