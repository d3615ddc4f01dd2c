import { describe, expect, it } from 'vitest';
import { startStory } from './story.js';

/** English by its articles, and every word a key phrase of its own: as many as a message can contain. */
const letters = 'abcdefghijklmnopqrst';
const longPost = Array.from(
  { length: 4_400 },
  (_, index) => `the ${[400, 20, 1].map((place) => letters[Math.floor(index / place) % 20]).join('')}`,
).join(', ');

describe('a post of 40,000 characters', () => {
  it('leads to a form, and every command meanwhile is acknowledged', { timeout: 60_000 }, async () => {
    const { workspace } = await startStory();
    const { ana, ben } = workspace.people;
    const channel = workspace.channels.marketing.id;
    const { ts: messageTs } = workspace.post({ user: ben.id, channel, text: longPost });
    const callbackId = 'imagine_from_post';
    const clicks = await Promise.all(
      Array.from({ length: 5 }, () => workspace.shortcut({ user: ana.id, channel, messageTs, callbackId })),
    );
    const answers = [...clicks];
    while (!workspace.openView(ana.id)?.submit && answers.every(({ acknowledged }) => acknowledged)) {
      answers.push(await workspace.command({ user: ben.id, channel, text: 'help' }));
    }
    expect(answers.filter(({ acknowledged }) => !acknowledged)).toEqual([]);
    expect(JSON.stringify(workspace.openView(ana.id)?.blocks)).toContain('A single scene showing');
  });
});
