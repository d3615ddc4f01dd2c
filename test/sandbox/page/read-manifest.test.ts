import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readManifest } from '../../../sandbox/page/read-manifest.js';

test("the product's manifest brings its command, its shortcut and its Messages tab", async () => {
  const { commands, shortcuts, messagesTab } = readManifest(await readFile('manifest.yml', 'utf8'));
  expect(commands.map(({ command }) => command)).toEqual(['/imagine']);
  expect(shortcuts.map(({ callbackId }) => callbackId)).toEqual(['imagine_from_post']);
  expect(messagesTab).toBe(true);
});

test('shortcuts are told with their callback ids', () => {
  const yaml = 'features: {shortcuts: [{name: Do it, type: message, callback_id: do_it, description: Does it}]}';
  expect(readManifest(yaml)).toEqual({
    commands: [],
    shortcuts: [{ name: 'Do it', callbackId: 'do_it', type: 'message' }],
    messagesTab: false,
  });
});
