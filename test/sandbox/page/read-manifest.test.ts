import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readManifest } from '../../../sandbox/page/read-manifest.js';

test("Imagine's manifest installs its command, its shortcut and its Messages tab", async () => {
  expect(readManifest(await readFile('manifest.yml', 'utf8'))).toMatchObject({
    commands: [{ command: '/imagine' }],
    shortcuts: [{ callbackId: 'imagine_from_post' }],
    messagesTab: true,
  });
});
