import { describe, expect, test } from 'vitest';
import { type CheckedRequest, checkRequest } from '../../../../src/core/prompt/command/check-request.js';
import { nearestWord, readFlags } from '../../../../src/core/prompt/command/flags.js';
import { offered } from './offered-models.js';

const parse = (text: string) => checkRequest(readFlags(text), offered, 4);

/** The parts of a request that differ from the defaults, short enough for a table. */
function summarize({ style, models: chosen, count, ...rest }: CheckedRequest): object {
  const names = chosen.map(({ shortName }) => shortName).join(' ');
  const parts = { ...rest, style: style?.id, models: names !== 'core' && names, count: count !== 4 && count };
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part));
}

const fox = { prompt: 'a red fox' };
const wide = { ...fox, aspectRatio: '16:9' };
const styled = (style: string) => ({ ...fox, style });

describe('a request', () => {
  test.each([
    ['a red fox', fox],
    ['  a   red\n fox ', fox],
    ['a red fox --ar 16:9', wide],
    ['--ar 16:9 a red fox', wide],
    ['a red --ar 16:9 fox', wide],
    ['a red fox --AR 16:9', wide],
    ['a red fox --ar wide', wide],
    ['a red fox --aspect-ratio 16:9', wide],
    ['a red fox --aspect_ratio 16:9', wide],
    ['a red fox --ar "16:9"', wide],
    ['a red --ar 16:9, fox', wide],
    ['a red fox —ar 16:9', wide],
    ['a red fox —-ar 16:9', wide],
    ['a red fox ---ar 16:9', wide],
    ['a red fox —ar=16:9', wide],
    ['a red fox --ar 7:3', { ...fox, aspectRatio: '21:9' }],
    ['a red fox --no text, people', { ...fox, negativePrompt: 'text, people' }],
    ['a red fox --no text --no people', { ...fox, negativePrompt: 'text, people' }],
    ['a red fox --no text, people --ar wide', { ...wide, negativePrompt: 'text, people' }],
    ['--no "text, people" a red fox', { ...fox, negativePrompt: 'text, people' }],
    ['--no=“text, people” a red fox', { ...fox, negativePrompt: 'text, people' }],
    ["--no 'text, people' a red fox", { ...fox, negativePrompt: 'text, people' }],
    ['a red fox --no "a --ar 1:1 sign"', { ...fox, negativePrompt: 'a --ar 1:1 sign' }],
    ['--style Watercolour a red fox', styled('watercolor')],
    ['--style line art a red fox', styled('line-art')],
    ['--style ‘pixel art’ a red fox', styled('pixel-art')],
    ['a red fox --style 3D', styled('3d')],
    ['a red fox --style None', { ...fox, withoutStyle: true }],
    ['a red fox --seed=42', { ...fox, seed: 42 }],
    ['a red fox --seed 4294967294', { ...fox, seed: 4294967294 }],
    ['a red fox --seed 9007199254740991', { ...fox, seed: 9007199254740991 }],
    ['a red fox --count 1', { ...fox, count: 1 }],
    ['a red --refine fox', { ...fox, refine: true }],
    ['a red fox --refine --refine', { ...fox, refine: true }],
    ['a red --private fox', { ...fox, visibility: 'private' }],
    ['a red fox --public', { ...fox, visibility: 'channel' }],
    ['a red fox --private --public', { ...fox, visibility: 'private' }],
    ['a red fox --model core,ultra', { ...fox, models: 'core ultra' }],
    ['--model ultra, core a red fox', { ...fox, models: 'ultra core' }],
    ['--model ultra ,core a red fox', { ...fox, models: 'ultra core' }],
    ['--model ultra a red fox', { ...fox, models: 'ultra' }],
    ['a red fox --model ultra --model sd3.5', { ...fox, models: 'ultra sd3.5' }],
    ['a red fox --model core,core', fox],
    ['a red fox --model "Stable Image Ultra"', { ...fox, models: 'ultra' }],
    ['a red fox --model stability.stable-image-ultra-v1:1', { ...fox, models: 'ultra' }],
    ['a red fox --model openai --ar 4:3', { ...fox, models: 'openai', aspectRatio: '4:3' }],
    ['a red fox --model openai --no text --seed 7', { ...fox, models: 'openai', negativePrompt: 'text', seed: 7 }],
    ['a sign that says “—no dogs” in red', { prompt: 'a sign that says “—no dogs” in red' }],
    ['a 6" nail --ar 16:9', { prompt: 'a 6" nail', aspectRatio: '16:9' }],
    ['"a red fox --ar 16:9', { prompt: '"a red fox', aspectRatio: '16:9' }],
    ["the cats' toy --ar 16:9 isn't 'here'", { prompt: "the cats' toy isn't 'here'", aspectRatio: '16:9' }],
    ['a fox — red and quick', { prompt: 'a fox — red and quick' }],
    ['a fox —running home', { prompt: 'a fox —running home' }],
    ['a fox —art in the snow', { prompt: 'a fox —art in the snow' }],
    ['a fox -- red', { prompt: 'a fox -- red' }],
    ['a well-known fox-like cat', { prompt: 'a well-known fox-like cat' }],
    ['route 66 --> west', { prompt: 'route 66 --> west' }],
    ['赤い狐 --ar 1:1', { prompt: '赤い狐', aspectRatio: '1:1' }],
    [
      'a red fox --ar 16:9 --no text, people --style watercolor --seed 42 --model ultra --n 2 --refine',
      {
        ...wide,
        negativePrompt: 'text, people',
        style: 'watercolor',
        seed: 42,
        models: 'ultra',
        count: 2,
        refine: true,
      },
    ],
  ])('is read from %j', (text, expected) => {
    const { request, issues } = parse(text);
    expect([summarize(request), issues]).toEqual([expected, []]);
  });
});

describe('a word after a single hyphen, or a letter after a dash,', () => {
  test.each([
    ['a red fox -ar 16:9', wide],
    ['a red fox -AR=16:9', wide],
    ['a red -ar 16:9, fox', wide],
    ['a red fox -ar wide', wide],
    ['a red fox -no text', { ...fox, negativePrompt: 'text' }],
    ["a red fox -no 'text, people'", { ...fox, negativePrompt: 'text, people' }],
    ['a red fox -no text, people -ar 16:9', { ...wide, negativePrompt: 'text, people' }],
    ['a red fox -style watercolor', styled('watercolor')],
    ['a red fox -style line art', styled('line-art')],
    ['a red fox -style none', { ...fox, withoutStyle: true }],
    ['a red fox -seed 42', { ...fox, seed: 42 }],
    ['a red fox -n 2', { ...fox, count: 2 }],
    ['a red fox —n 2', { ...fox, count: 2 }],
    ['a red fox -model core,ultra', { ...fox, models: 'core ultra' }],
    ['a red fox -refine', { ...fox, refine: true }],
    ['a red fox —private', { ...fox, visibility: 'private' }],
  ])('is a flag in %j, as its value follows', (text, expected) => {
    const { request, issues } = parse(text);
    expect([summarize(request), issues]).toEqual([expected, []]);
  });

  test.each([
    'a well-known -style',
    'a well-known -style chair',
    'an art-nouveau -style lamp',
    'a -model airplane',
    'a toy -model',
    'a -seed packet',
    'the fox -ar home',
    'a fox -ar',
    'yes -no',
    'a fox -n friends',
    'a fox -stlye photo',
    'a fox -red and quick',
    'temperature -5 outside',
    'a -fast car',
    'a -raw fish on ice',
    'a fox -s shaped',
    'a fox -v neck',
    'x-ar 16:9',
    'a fox —n friends',
  ])('is part of the prompt %j', (prompt) => {
    const { request, issues, notes } = parse(prompt);
    expect([summarize(request), issues, notes]).toEqual([{ prompt }, [], []]);
  });
});

describe('Midjourney’s flags', () => {
  test.each([
    ['a red fox --v 7', ['--v 7']],
    ['a red fox --v=6.1', ['--v=6.1']],
    ['a red --v 7, fox', ['--v 7,']],
    ['a red fox --niji 6 --stylize 250', ['--niji 6', '--stylize 250']],
    ['a red fox --niji', ['--niji']],
    ['--niji a red fox', ['--niji']],
    ['--s 250 a red fox', ['--s 250']],
    ['a red fox --chaos 20 --c 5 --weird 100 --w 5', ['--chaos 20', '--c 5', '--weird 100', '--w 5']],
    ['a red fox --q .5 --quality 2 --iw 1.5', ['--q .5', '--quality 2', '--iw 1.5']],
    ['a red --fast fox --relax --turbo', ['--fast', '--relax', '--turbo']],
    ['a red fox --tile --raw --draft', ['--tile', '--raw', '--draft']],
    ['a red fox --style raw', ['--style raw']],
    ['a red fox --FAST', ['--FAST']],
    ['a red fox --sref random --sw 50', ['--sref random', '--sw 50']],
    ['a red fox --cref https://example.com/fox.png --cw 0', ['--cref https://example.com/fox.png', '--cw 0']],
    ['a red fox —v 7 –s 250', ['—v 7', '–s 250']],
    ['a red fox —fast', ['—fast']],
    ['a red fox —raw —v 7', ['—raw', '—v 7']],
    ['a red fox -v 7 -fast', ['-v 7', '-fast']],
  ])('are left out of %j with their values', (text, given) => {
    const { request, issues, notes } = parse(text);
    expect([summarize(request), issues, notes]).toEqual([fox, [], [{ kind: 'flags_ignored', given }]]);
  });

  test.each([
    'a fox —fast and red',
    'a fox —raw nature',
    'the letters —s and —v',
    'a fox —c for clever',
    'a boat —stop motion',
    'a fox – v 7',
    'a V8 engine, 7 s',
  ])('are not read into the prose of %j', (prompt) => {
    const { request, issues, notes } = parse(prompt);
    expect([summarize(request), issues, notes]).toEqual([{ prompt }, [], []]);
  });

  test('leave the flags beside them as they are', () => {
    const { request, notes } = parse('a red fox --v 7 --ar 16:9 --fast --no text --q 2');
    expect(summarize(request)).toEqual({ ...wide, negativePrompt: 'text' });
    expect(notes).toEqual([{ kind: 'flags_ignored', given: ['--v 7', '--fast', '--q 2'] }]);
  });
});

describe('a style unlike every known one', () => {
  test.each([
    ['a red fox --style noir', 'a red fox, noir style', 'noir'],
    ['--style vaporwave a red fox', 'a red fox, vaporwave style', 'vaporwave'],
    ['a red fox --style "studio ghibli"', 'a red fox, studio ghibli style', 'studio ghibli'],
  ])('is added to the prompt of %j, without the user’s default style', (text, prompt, given) => {
    const { request, issues, notes } = parse(text);
    expect([request, issues]).toMatchObject([{ prompt, withoutStyle: true, style: undefined }, []]);
    expect(notes).toMatchObject([{ kind: 'style_in_prompt', given, known: expect.arrayContaining(['watercolor']) }]);
  });

  test('makes no prompt of its own', () => {
    expect(parse('--style noir').issues).toMatchObject([{ flag: 'prompt', problem: 'empty' }]);
  });

  test('counts in the length of the prompt', () => {
    const given = `${'x'.repeat(9_990)} --style noir`;
    expect(parse(given).issues).toMatchObject([
      { flag: 'prompt', problem: 'too_long', given: 10_002, allowed: 10_000 },
    ]);
  });
});

const nine = ['21:9', '16:9', '3:2', '5:4', '1:1', '4:5', '2:3', '9:16', '9:21'];
const shortNames = ['core', 'ultra', 'sd3.5', 'openai'];

describe('an issue', () => {
  test.each([
    ['', { flag: 'prompt', problem: 'empty' }],
    ['--ar 16:9', { flag: 'prompt', problem: 'empty' }],
    ['--no text a red fox', { flag: 'prompt', problem: 'empty' }],
    ['a fox --aspect-ration 16:9', { problem: 'unknown_flag', given: '--aspect-ration', didYouMean: 'ar' }],
    ['a fox --stlye photo', { problem: 'unknown_flag', given: '--stlye', didYouMean: 'style' }],
    ['a fox —stlye photo', { problem: 'unknown_flag', given: '—stlye', didYouMean: 'style' }],
    ['a fox --banana 2', { problem: 'unknown_flag', given: '--banana' }],
    ['a fox --style ""', { flag: 'style', problem: 'missing_value' }],
    ['a fox --ar --seed 1', { flag: 'ar', problem: 'missing_value' }],
    ['a fox --ar=', { flag: 'ar', problem: 'missing_value' }],
    ['a fox --no', { flag: 'no', problem: 'missing_value' }],
    ['a fox --model ,', { flag: 'model', problem: 'missing_value' }],
    ['a fox --ar banana', { flag: 'ar', problem: 'not_an_aspect_ratio', given: 'banana' }],
    ['a fox --ar constructor', { flag: 'ar', problem: 'not_an_aspect_ratio', given: 'constructor' }],
    [
      'a fox --ar 4:3',
      {
        problem: 'aspect_ratio_not_available',
        given: '4:3',
        model: 'Stable Image Core',
        allowed: nine,
        nearest: '5:4',
      },
    ],
    ['a fox --ar 100:1', { flag: 'ar', problem: 'aspect_ratio_not_available', nearest: '21:9' }],
    ['a fox --ar 1:1 --ar 3:2', { flag: 'ar', problem: 'repeated', given: '1:1, 3:2' }],
    ['a fox --style watercolr', { problem: 'unknown_name', given: 'watercolr', didYouMean: 'watercolor' }],
    ['a fox --seed -1', { flag: 'seed', problem: 'not_a_seed', given: '-1' }],
    ['a fox --seed 1e3', { flag: 'seed', problem: 'not_a_seed', given: '1e3' }],
    ['a fox --seed 9007199254740992', { flag: 'seed', problem: 'not_a_seed', given: '9007199254740992' }],
    ['a fox --n 5', { flag: 'n', problem: 'not_in_range', given: '5', allowed: { min: 1, max: 4 } }],
    ['a fox --model ulta', { problem: 'unknown_name', given: 'ulta', allowed: shortNames, didYouMean: 'ultra' }],
    ['a fox --model midjourney', { flag: 'model', problem: 'unknown_name', given: 'midjourney', allowed: shortNames }],
    ['--model core ,# a fox', { flag: 'model', problem: 'unknown_name', given: '#' }],
    ['a fox --model titan', { problem: 'retired_model', given: 'titan', since: '2026-06-30', didYouMean: 'core' }],
    ['a fox --model sd3', { flag: 'model', problem: 'retired_model', didYouMean: 'sd3.5' }],
    ['a fox --model openai-flare', { flag: 'model', problem: 'model_not_offered', given: 'openai-flare' }],
    ['a fox --refine=yes', { flag: 'refine', problem: 'takes_no_value', given: 'yes' }],
    ['x'.repeat(10_001), { flag: 'prompt', problem: 'too_long', given: 10_001, allowed: 10_000 }],
    [`${'x'.repeat(9_990)} --style photo`, { flag: 'prompt', problem: 'too_long', given: 9_990, allowed: 9_950 }],
    [`a fox --no ${'x'.repeat(10_001)}`, { flag: 'no', problem: 'too_long', given: 10_001, allowed: 10_000 }],
  ])('is made of %.60j', (text, expected) => {
    expect(parse(text).issues).toMatchObject([expected]);
  });

  test('does not come for a text that the model is not sent', () => {
    expect(parse(`a fox --model openai --no ${'x'.repeat(32_001)}`).issues).toEqual([]);
  });

  test('comes for every model that does not offer the aspect ratio', () => {
    expect(parse('a fox --ar 4:3 --model core,ultra,openai')).toMatchObject({
      issues: [{ model: 'Stable Image Core' }, { model: 'Stable Image Ultra' }],
    });
  });

  test('comes with all the others, together', () => {
    const { issues } = parse('--ar 5:7 --style phto --seed x --n 9 --model nope --banana');
    expect(issues.map(({ flag }) => flag)).toEqual(['banana', 'style', 'model', 'n', 'seed', 'ar', 'prompt']);
  });
});

test.each([
  ['watercolr', 'watercolor'],
  ['wtaercolor', 'watercolor'],
  ['WATERCOLOR', 'watercolor'],
  ['cor', 'core'],
  ['stlye', 'style'],
  ['stily', undefined],
  ['photograph', undefined],
  ['', undefined],
])('the word nearest to %j is %s', (typed, found) => {
  expect(nearestWord(typed, ['core', 'watercolor', 'photo', 'style'])).toBe(found);
});
