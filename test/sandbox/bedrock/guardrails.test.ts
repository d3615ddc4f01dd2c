import { ApplyGuardrailCommand, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, it } from 'vitest';
import { clientOf, core, sandboxBedrock } from './bedrock-client.js';

const guardrails = [{ identifier: 'gr1', version: '1', words: ['Contoso'], blockedMessage: 'Not for us to draw.' }];

function apply(text: string, guardrailIdentifier = 'gr1') {
  return new ApplyGuardrailCommand({
    guardrailIdentifier,
    guardrailVersion: '1',
    source: 'INPUT',
    content: [{ text: { text } }],
  });
}

function draw(prompt: string) {
  return new InvokeModelCommand({
    modelId: core,
    contentType: 'application/json',
    guardrailIdentifier: 'gr1',
    guardrailVersion: '1',
    body: JSON.stringify({ prompt }),
  });
}

describe('guardrails of the Bedrock stand-in', () => {
  it('step in at a blocked word, and at nothing else', async () => {
    const client = clientOf(await sandboxBedrock({ guardrails }));
    const blocked = await client.send(apply('the contoso logo'));
    expect(blocked).toMatchObject({
      action: 'GUARDRAIL_INTERVENED',
      outputs: [{ text: 'Not for us to draw.' }],
      assessments: [{ wordPolicy: { customWords: [{ match: 'Contoso', action: 'BLOCKED' }] } }],
      usage: { wordPolicyUnits: 1 },
    });
    expect(await client.send(apply('a red fox'))).toMatchObject({ action: 'NONE', outputs: [] });
  });

  it('are refused where they do not exist', async () => {
    const client = clientOf(await sandboxBedrock({ guardrails }));
    await expect(client.send(apply('a', 'other'))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('keep a model from drawing', async () => {
    const client = clientOf(await sandboxBedrock({ guardrails }));
    const blocked = await client.send(draw('the contoso logo'));
    expect(blocked.body.transformToString()).toBe('{"amazon-bedrock-guardrailAction":"INTERVENED"}');
    const drawn = JSON.parse((await client.send(draw('a red fox'))).body.transformToString());
    expect(drawn).toMatchObject({ finish_reasons: [null], 'amazon-bedrock-guardrailAction': 'NONE' });
  });
});
