import { describe, expect, test } from 'vitest';
import { checkRequest } from '../../../../src/core/prompt/command/check-request.js';
import { correctText } from '../../../../src/core/prompt/command/correct-text.js';
import { readFlags } from '../../../../src/core/prompt/command/flags.js';
import { offered } from './offered-models.js';

const issuesOf = (text: string) => checkRequest(readFlags(text), offered, 4).issues;

describe('a text', () => {
  test.each([
    ['a red fox --style watercolr', ['a red fox --style watercolor']],
    ['a red --style "watercolr" fox', ['a red --style watercolor fox']],
    ['a red --style=watercolr fox', ['a red --style watercolor fox']],
    ['a "--style watercolr" sign --style watercolr', ['a "--style watercolr" sign --style watercolor']],
    ['a red fox --stlye photo', ['a red fox --style photo']],
    ['a red fox --stlye=photo', ['a red fox --style=photo']],
    ['a red fox —stlye photo\nin the snow', ['a red fox --style photo\nin the snow']],
    ['a red fox --ar 4:3', ['a red fox --ar 5:4']],
    ['a red --ar 4:3, fox', ['a red --ar 5:4 fox']],
    ['a red fox --model ulta', ['a red fox --model ultra']],
    ['a red fox --model core, ulta --n 2', ['a red fox --model core,ultra --n 2']],
    ['a red fox --model "Stable Image Core,ulta"', ['a red fox --model "Stable Image Core,ultra"']],
    ['a red fox --model titan', ['a red fox --model core']],
    ['a fox --stlye photo --model ulta', ['a fox --style photo --model ulta', 'a fox --stlye photo --model ultra']],
    ['a red fox --banana', [undefined]],
    ['a red fox --model midjourney', [undefined]],
    ['a red fox --n 9', [undefined]],
    ['--ar 1:1', [undefined]],
  ])('%j is corrected in one place for each suggestion', (text, corrected) => {
    expect(issuesOf(text).map((issue) => correctText(text, issue))).toEqual(corrected);
  });

  test('has fewer issues once it is corrected', () => {
    let text = '--model ulta,titan --stlye watercolr a fox --ar 4:3';
    for (let left = issuesOf(text); left.length > 0; left = issuesOf(text)) {
      const [first] = left;
      text = (first && correctText(text, first)) ?? '';
      expect(text).toContain('a fox');
    }
    expect(text).toBe('--model ultra,core --style watercolor a fox --ar 5:4');
  });
});
