import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../src/core/batch/batch.js';
import { operationNames } from '../../../src/core/image-model.js';
import { operations } from '../../../src/core/model-catalog.js';
import { buildPickedMessage } from '../../../src/slack/message/batch-message.js';
import { readChoice } from '../../../src/slack/message/elements.js';
import { operationMenu } from '../../../src/slack/message/image-menu.js';
import { exampleBatch, storedImage } from '../../core/example-batch.js';
import { expectSlackTakes, objectsIn, valuesOf } from './show.js';

const finishedAt = '2026-11-20T10:00:11.000Z';
const pick = { number: 2, pickedBy: 'U0ASKER', pickedAt: finishedAt };
const batch = exampleBatch({ images: [storedImage(1), storedImage(2)], finishedAt, pick });
const file = { kind: 'slack_file', id: 'F0000000001' } as const;
const shown = (offered: typeof operations, of: Batch = batch) =>
  buildPickedMessage(of, pick, file, 'menu', { operations: offered });
const valuesIn = (message: unknown) =>
  objectsIn(message).flatMap(({ value, text }) => (typeof value === 'string' && text ? [value] : []));
const ofDrawn = operations.filter(({ of }) => of === 'drawn').map(({ name }) => name);

test('the menu of a picked image keeps Slack’s limits, and has what is offered and nothing else, each once', () => {
  fc.assert(
    fc.property(fc.subarray([...operations]), (offered) => {
      const message = shown(offered);
      expectSlackTakes(message);
      const values = valuesIn(message);
      const chosen = values.flatMap((value) => readChoice(operationNames, value)?.choice ?? []);
      expect(chosen.toSorted()).toEqual(offered.flatMap(({ name }) => (ofDrawn.includes(name) ? name : [])).toSorted());
      expect(new Set(values).size).toBe(values.length);
      expect(values).toContain(`delete:${batch.id}`);
      for (const label of valuesOf(message, 'option_groups')
        .flat()
        .flatMap((group) => valuesOf(group, 'options')))
        expect(label).not.toEqual([]);
    }),
  );
});

describe('the menu of an image', () => {
  test('has groups by what is done with it, each choice with its price and an ellipsis if it asks for more', () => {
    const groups = objectsIn(shown(operations)).flatMap(({ label, options }) =>
      options && label
        ? [
            [
              objectsIn(label)[0]?.text,
              objectsIn(options).flatMap(({ value, text }) => (value ? objectsIn(text)[0]?.text : [])),
            ],
          ]
        : [],
    );
    expect(groups).toEqual([
      ['More like this', ['Subtle variations · $0.32', 'Strong variations · $0.32', 'In this style… · $0.28']],
      [
        'Change this image',
        [
          'Larger · $0.03',
          'Other aspect ratio… · $0.06 each',
          'Remove background · $0.07',
          'Replace… · $0.07',
          'Recolor… · $0.07',
          'Edit in words…',
        ],
      ],
      ['This message', ['Other images', 'Change', 'Details', 'Delete']],
    ]);
  });

  test('that is not picked names the image, and is left out if nothing is offered', () => {
    const menu = operationMenu(batch, 1, operations);
    expect(valuesIn(menu)).toEqual(
      [
        'vary_subtle',
        'vary_strong',
        'style_guide',
        'upscale',
        'aspect_ratio',
        'remove_background',
        'replace',
        'recolor',
        'edit',
      ].map((name) => `${name}:${batch.id}:1`),
    );
    expect(operationMenu(batch, 1, [])).toBeUndefined();
    expect(
      operationMenu(
        batch,
        1,
        operations.filter(({ of }) => of === 'given'),
      ),
    ).toBeUndefined();
  });

  test('has no groups if nothing is offered, as before', () => {
    expect(valuesOf(shown([]), 'option_groups')).toEqual([]);
    expect(valuesIn(shown([]))).toContain(`details:${batch.id}`);
  });
});
