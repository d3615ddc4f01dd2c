import { describe, expect, test } from 'vitest';
import { models } from '../../../../src/core/model-catalog.js';
import { parseCommand } from '../../../../src/core/prompt/command/parse-command.js';
import { offered } from './offered-models.js';

const parse = (text: string) => parseCommand(text, { offered, known: models, maximumCount: 4 });

const nine = ['21:9', '16:9', '3:2', '5:4', '1:1', '4:5', '2:3', '9:16', '9:21'];
const shortNames = ['core', 'ultra', 'sd3.5', 'openai'];

describe('a issue', () => {
  test.each([
    ['', { flag: 'prompt', problem: 'empty' }],
    ['   ', { flag: 'prompt', problem: 'empty' }],
    ['--ar 16:9', { flag: 'prompt', problem: 'empty' }],
    ['--no text a red fox', { flag: 'prompt', problem: 'empty' }],
    ['a fox --aspect-ration 16:9', { problem: 'unknown_flag', given: '--aspect-ration', didYouMean: 'ar' }],
    ['a fox --stlye photo', { problem: 'unknown_flag', given: '--stlye', didYouMean: 'style' }],
    ['a fox —stlye photo', { problem: 'unknown_flag', given: '—stlye', didYouMean: 'style' }],
    ['a fox --quality 2', { problem: 'unknown_flag', given: '--quality' }],
    ['a fox --v 6', { problem: 'unknown_flag', given: '--v' }],
    ['a fox --ar', { flag: 'ar', problem: 'missing_value' }],
    ['a fox --ar --seed 1', { flag: 'ar', problem: 'missing_value' }],
    ['a fox --ar=', { flag: 'ar', problem: 'missing_value' }],
    ['a fox --no', { flag: 'no', problem: 'missing_value' }],
    ['a fox --model ,', { flag: 'model', problem: 'missing_value' }],
    ['a fox --ar banana', { flag: 'ar', problem: 'not_a_shape', given: 'banana', allowed: nine }],
    ['a fox --ar 0:9', { flag: 'ar', problem: 'not_a_shape', given: '0:9' }],
    ['a fox --ar constructor', { flag: 'ar', problem: 'not_a_shape', given: 'constructor' }],
    [
      'a fox --ar 4:3',
      {
        flag: 'ar',
        problem: 'shape_not_available',
        given: '4:3',
        model: 'Stable Image Core',
        allowed: nine,
        nearest: '5:4',
      },
    ],
    ['a fox --ar 100:1', { flag: 'ar', problem: 'shape_not_available', nearest: '21:9' }],
    ['a fox --ar 1:1 --ar 3:2', { flag: 'ar', problem: 'repeated', given: '1:1, 3:2' }],
    [
      'a fox --style watercolr',
      { flag: 'style', problem: 'unknown_style', given: 'watercolr', didYouMean: 'watercolor' },
    ],
    ['a fox --style xyz', { flag: 'style', problem: 'unknown_style', given: 'xyz' }],
    ['a fox --seed -1', { flag: 'seed', problem: 'not_in_range', given: '-1', allowed: { min: 1, max: 4294967291 } }],
    ['a fox --seed 0', { flag: 'seed', problem: 'not_in_range', given: '0' }],
    ['a fox --seed 4294967292', { flag: 'seed', problem: 'not_in_range', given: '4294967292' }],
    ['a fox --seed 1e3', { flag: 'seed', problem: 'not_in_range', given: '1e3' }],
    ['a fox --seed 99999999999999999999', { flag: 'seed', problem: 'not_in_range' }],
    ['a fox --n 5', { flag: 'n', problem: 'not_in_range', given: '5', allowed: { min: 1, max: 4 } }],
    ['a fox --n two', { flag: 'n', problem: 'not_in_range', given: 'two' }],
    [
      'a fox --model ulta',
      { flag: 'model', problem: 'unknown_model', given: 'ulta', allowed: shortNames, didYouMean: 'ultra' },
    ],
    ['a fox --model midjourney', { flag: 'model', problem: 'unknown_model', given: 'midjourney', allowed: shortNames }],
    ['--model core ,# a fox', { flag: 'model', problem: 'unknown_model', given: '#' }],
    [
      'a fox --model titan',
      {
        flag: 'model',
        problem: 'retired_model',
        given: 'titan',
        model: 'Titan Image Generator G1 v2',
        since: '2026-06-30',
        didYouMean: 'core',
      },
    ],
    ['a fox --model sd3', { flag: 'model', problem: 'retired_model', didYouMean: 'sd3.5' }],
    ['a fox --model openai-flare', { flag: 'model', problem: 'model_not_offered', given: 'openai-flare' }],
    ['a fox --refine=yes', { flag: 'refine', problem: 'takes_no_value', given: 'yes' }],
    [
      'x'.repeat(10_001),
      { flag: 'prompt', problem: 'too_long', given: 10_001, allowed: 10_000, model: 'Stable Image Core' },
    ],
    [`${'x'.repeat(9_990)} --style photo`, { flag: 'prompt', problem: 'too_long', given: 9_990, allowed: 9_950 }],
    [`a fox --no ${'x'.repeat(10_001)}`, { flag: 'no', problem: 'too_long', given: 10_001, allowed: 10_000 }],
  ])('is made of %.60j', (text, expected) => {
    const parsed = parse(text);
    expect(parsed).toMatchObject({ kind: 'issues', issues: [expected], text });
  });

  test('does not come for a text that the model is not sent', () => {
    expect(parse(`a fox --model openai --no ${'x'.repeat(32_001)}`).kind).toBe('request');
  });

  test('comes for every model that does not offer the shape', () => {
    expect(parse('a fox --ar 4:3 --model core,ultra,openai')).toMatchObject({
      issues: [{ model: 'Stable Image Core' }, { model: 'Stable Image Ultra' }],
    });
  });

  test('comes with all the others, together', () => {
    const parsed = parse('--ar 5:7 --style xyz --seed x --n 9 --model nope --quality');
    expect(parsed.kind === 'issues' && parsed.issues.map(({ problem }) => problem)).toEqual([
      'unknown_flag',
      'unknown_style',
      'unknown_model',
      'not_in_range',
      'not_in_range',
      'shape_not_available',
      'empty',
    ]);
  });
});
