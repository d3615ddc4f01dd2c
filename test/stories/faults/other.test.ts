import { expect } from 'vitest';
import type { BedrockFault } from '../../../sandbox/bedrock/bedrock-fault.js';
import type { ComprehendFault } from '../../../sandbox/comprehend/start-comprehend.js';
import { initialValue, seeFormWith, submit } from '../form.js';
import { always, type Story } from '../story.js';
import { type End, type FaultCase, meetFaults } from './fault-case.js';

/** "Imagine from this post", drawn as the form comes: with the post's own text if it could not be analyzed. */
const reading = (fault: string, planned: ComprehendFault, told: string): FaultCase => ({
  fault: `the post cannot be read: ${fault}`,
  options: { settings: { PROMPT_MODEL: 'off' } },
  plan: ({ comprehend }) => comprehend.faults.add(planned, { times: always }),
  async act(story) {
    const { workspace, ben, marketing: channel } = story;
    const text = 'Our new garden opens in spring, come and see it.';
    await story.fromPost(workspace.post({ user: ben, channel, text }).ts);
    const form = await seeFormWith(story, told);
    expect(initialValue(form, 'idea_1_1')).toBe(text);
    expect(story.log()).toContain('post not analyzed');
    await submit(story, { prompt: 'a red fox', seed: '100' });
  },
  end: { images: 4, posted: 2, private: 1 }, // the post itself is one of them, and the user is told where the images come
});

const guardrails = [{ identifier: 'gr1', version: '1', words: ['contoso'], blockedMessage: 'Not for us to draw.' }];

const guarding = (fault: string, planned: BedrockFault): FaultCase => ({
  fault: `the guardrail ${fault}`,
  options: { settings: { GUARDRAIL_ID: 'gr1', GUARDRAIL_VERSION: '1' }, bedrock: { guardrails } },
  plan: ({ bedrock }) =>
    bedrock.faults.add(planned, { times: always, when: ({ operation }) => operation === 'ApplyGuardrail' }),
  end: {
    told: 'Your organization checks prompts before anything is drawn, and the check did not answer, so nothing was drawn.',
    posted: 0,
    private: 1,
  },
});

type OpenAiFault = Parameters<Story['openai']['faults']['add']>[0];

const openai = (fault: string, planned: OpenAiFault, told: string, more: End = {}): FaultCase => ({
  fault: `OpenAI ${fault}`,
  options: { openai: true, settings: { GENERATION_TIMEOUT_SECONDS: '2' } },
  plan: (story) => story.openai.faults.add(planned, { times: always }),
  act: (story) => story.imagine('a red fox --model openai'),
  end: { told, ...more },
});

const noAccess = 'does not have access to Amazon Comprehend';

meetFaults('other bad days', [
  reading('Comprehend throttles', { kind: 'error', name: 'ThrottlingException' }, 'is busy'),
  reading('Comprehend fails', { kind: 'error', name: 'InternalServerException' }, 'is not available'),
  reading('Comprehend may not be asked', { kind: 'error', name: 'AccessDeniedException' }, noAccess),
  reading('the credentials have expired', { kind: 'error', name: 'ExpiredTokenException' }, noAccess),
  reading('the connection is reset', { kind: 'reset' }, 'is not available'),

  guarding('fails', { kind: 'error', name: 'InternalServerException' }),
  guarding('throttles', { kind: 'error', name: 'ThrottlingException' }),
  guarding('may not be asked', { kind: 'error', name: 'AccessDeniedException' }),
  guarding('cannot be reached', { kind: 'reset' }),

  openai('refuses the words', { kind: 'moderation' }, "The model's content filter blocked this prompt.", {
    posted: 0,
    private: 1,
  }),
  openai('throttles', { kind: 'rate_limit', retryAfterSeconds: 0 }, 'The model was too busy. Try again in a minute.'),
  openai('is down', { kind: 'error', status: 503 }, 'The model could not be reached. Try again in a minute.'),
  openai('does not know the key', { kind: 'error', status: 401 }, 'Imagine does not have access to this model yet.'),
  openai(
    'wants to be paid',
    { kind: 'error', status: 429, code: 'insufficient_quota' },
    'Imagine does not have access to this model yet.',
  ),
  openai('sends half an image', { kind: 'broken_image' }, "The model's answer was not a valid image."),
  openai('is silent', { kind: 'silence' }, 'The model took too long. Try again in a minute.'),
]);
