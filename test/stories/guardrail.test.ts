import { describe, expect, it, vi } from 'vitest';
import { seeForm, submit } from './form.js';
import { isFinished, type Story, startStory } from './story.js';

const guardrails = [{ identifier: 'gr1', version: '1', words: ['Contoso'], blockedMessage: 'Not for us to draw.' }];
const settings = { GUARDRAIL_ID: 'gr1', GUARDRAIL_VERSION: '1' };
const stopped = "This prompt was blocked by your organization's content policy, so nothing was drawn.";

const start = () => startStory({ settings, bedrock: { guardrails } });
const asked = (story: Story) => story.bedrock.requests().map(({ operation }) => operation);
/** What the app says unless it is asked for more: Bolt's debug lines repeat what Slack sent. */
const linesOf = (story: Story) =>
  story
    .log()
    .split('\n')
    .filter((line) => /"level":[345]0/.test(line));
const faults = (story: Story) => linesOf(story).filter((line) => /"level":[45]0/.test(line));

describe('a guardrail', () => {
  it('is asked once, about the words that are sent, before four images are drawn', async () => {
    const story = await start();
    await story.imagine('a red fox --style comic --no text');
    expect((await story.see('four images', isFinished)).images).toHaveLength(4);
    expect(asked(story)).toEqual(['ApplyGuardrail', ...Array.from({ length: 4 }, () => 'InvokeModel')]);
    expect(story.bedrock.requests()[0]).toMatchObject({
      region: 'us-west-2',
      body: {
        source: 'INPUT',
        content: [
          { text: { text: 'a red fox, comic book art, bold ink outlines, halftone shading' } },
          { text: { text: 'text' } },
        ],
      },
    });
  });

  it.each(['the contoso logo', 'a logo --no contoso', 'a fox --model core,ultra --style comic contoso'])(
    'that steps in at “%s” leaves nothing drawn and nothing kept, and only the asker reads why',
    async (text) => {
      const story = await start();
      await story.imagine(text);
      const answer = await story.see('the answer', ({ isEphemeral }) => isEphemeral);
      expect(answer.text).toContain(stopped);
      expect(answer.text).not.toContain('Not for us to draw.');
      expect(story.workspace.messages(story.marketing, { as: story.ben })).toEqual([]);
      expect([story.records(), asked(story)]).toEqual([[], ['ApplyGuardrail']]);
      expect(linesOf(story).join()).toContain('guardrail blocked a prompt');
      expect(linesOf(story).join()).not.toMatch(/contoso/i);
      expect(faults(story)).toEqual([]);
    },
  );

  it('steps in at the words of a form as well, and the form leaves nothing behind', async () => {
    const story = await start();
    const { ts } = story.workspace.post({ user: story.ben, channel: story.marketing, text: 'Our garden has opened.' });
    await story.fromPost(ts);
    await seeForm(story);
    expect(await submit(story, { prompt: 'the contoso garden' })).toMatchObject({ outcome: 'closed' });
    const answer = await story.see('the answer', ({ isEphemeral }) => isEphemeral);
    expect(answer.text).toContain(stopped);
    const kept = () => story.s3.objects(story.bucket).filter(({ key }) => /\/(batch|draft)\.json$/.test(key));
    await vi.waitFor(() => expect(kept().map(({ key }) => key)).toEqual([]));
  });

  it('is asked again before an image is drawn again: it may have been set since', async () => {
    const story = await start();
    const isFirst = ({ seed }: { seed: number | undefined }) => seed !== undefined && seed === story.seedOf(1);
    story.bedrock.faults.add({ kind: 'filtered image' }, { when: isFirst });
    await story.imagine('a red fox');
    const message = await story.see('three images', isFinished);
    await story.changeRecord({
      sent: story.records().flatMap(({ sent }) => sent.map((to) => ({ ...to, prompt: 'the contoso fox' }))),
    });
    await story.press(message, 'retry_image_1');
    await story.see('the answer', ({ isEphemeral, text }) => isEphemeral && text.includes(stopped));
    await story.app.stop();
    expect(asked(story).filter((operation) => operation === 'InvokeModel')).toHaveLength(4);
    expect(story.bedrock.requests().at(-1)?.body).toMatchObject({ content: [{ text: { text: 'the contoso fox' } }] });
    expect(story.records()[0]?.images[0]).toMatchObject({ state: 'failed' });
    expect(story.s3.objects(story.bucket).filter(({ key }) => key.includes('/open/'))).toEqual([]);
  });

  it.each([
    ['is down', { kind: 'error', name: 'InternalServerException' }],
    ['is busy', { kind: 'error', name: 'ThrottlingException' }],
    ['may not be asked', { kind: 'error', name: 'AccessDeniedException' }],
    ['cannot be reached', { kind: 'reset' }],
  ] as const)('that %s lets nothing through, says so, and logs it once', async (_, fault) => {
    const story = await start();
    story.bedrock.faults.add(fault, { times: 100 });
    await story.imagine('a red fox');
    const answer = await story.see('the answer', ({ isEphemeral }) => isEphemeral);
    expect(answer.text).toContain('the check did not answer, so nothing was drawn. Try again in a minute.');
    expect(story.records()).toEqual([]);
    expect(asked(story)).not.toContain('InvokeModel');
    expect(faults(story)).toHaveLength(1);
    expect(story.log()).toContain('guardrail not available, nothing is drawn');
  });

  it('that does not exist lets nothing through', async () => {
    const story = await startStory({ settings });
    await story.imagine('a red fox');
    await story.see('the answer', ({ isEphemeral, text }) => isEphemeral && text.includes('the check did not answer'));
    expect(story.records()).toEqual([]);
  });
});
