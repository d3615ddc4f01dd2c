import { describe, expect, test } from 'vitest';
import { models } from '../../../../src/core/model-catalog.js';
import { type CommandRequest, parseCommand } from '../../../../src/core/prompt/command/parse-command.js';
import { offered } from './offered-models.js';

const parse = (text: string) => parseCommand(text, { offered, known: models, maximumCount: 4 });

/** The parts of a request that differ from "everything left to the defaults", short enough for a table. */
function summarize(request: CommandRequest): object {
  const { kind: _kind, prompt, style, models: chosen, count, refine, ...rest } = request;
  const names = chosen.map(({ shortName }) => shortName).join(' ');
  return {
    prompt,
    ...rest,
    ...(style && { style: style.id }),
    ...(names !== 'core' && { models: names }),
    ...(count !== 4 && { count }),
    ...(refine && { refine }),
  };
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
    ['a red fox --ar=16:9', wide],
    ['a red fox --ar 16x9', wide],
    ['a red fox --ar 16×9', wide],
    ['a red fox --ar 1920x1080', wide],
    ['a red fox --ar 16/9', wide],
    ['a red fox --AR 16:9', wide],
    ['a red fox --ar wide', wide],
    ['a red fox --ar landscape', wide],
    ['a red fox --aspect-ratio 16:9', wide],
    ['a red fox --aspect_ratio 16:9', wide],
    ['a red fox --ar "16:9"', wide],
    ['a red --ar 16:9, fox', wide],
    ['a red fox —ar 16:9', wide],
    ['a red fox –ar 16:9', wide],
    ['a red fox ―ar 16:9', wide],
    ['a red fox —-ar 16:9', wide],
    ['a red fox ---ar 16:9', wide],
    ['a red fox —ar=16:9', wide],
    ['a red fox --ar square', { ...fox, aspectRatio: '1:1' }],
    ['a red fox --ar tall', { ...fox, aspectRatio: '9:16' }],
    ['a red fox --ar 7:3', { ...fox, aspectRatio: '21:9' }],
    ['a red fox --no text, people', { ...fox, negativePrompt: 'text, people' }],
    ['a red fox --no text --no people', { ...fox, negativePrompt: 'text, people' }],
    ['a red fox --no text, people --ar wide', { ...wide, negativePrompt: 'text, people' }],
    ['--no "text, people" a red fox', { ...fox, negativePrompt: 'text, people' }],
    ['--no=“text, people” a red fox', { ...fox, negativePrompt: 'text, people' }],
    ["--no 'text, people' a red fox", { ...fox, negativePrompt: 'text, people' }],
    ['a red fox --no "a --ar 1:1 sign"', { ...fox, negativePrompt: 'a --ar 1:1 sign' }],
    ['a red fox --negative text', { ...fox, negativePrompt: 'text' }],
    ['a red fox --style watercolor', styled('watercolor')],
    ['--style Watercolour a red fox', styled('watercolor')],
    ['--style line art a red fox', styled('line-art')],
    ['--style ‘pixel art’ a red fox', styled('pixel-art')],
    ['--style photo a red fox', styled('photo')],
    ['a red fox --style 3D', styled('3d')],
    ['a red fox --seed 42', { ...fox, seed: 42 }],
    ['a red fox --seed=42', { ...fox, seed: 42 }],
    ['a red fox --seed 4294967291', { ...fox, seed: 4294967291 }],
    ['a red fox --n 2', { ...fox, count: 2 }],
    ['a red fox --count 1', { ...fox, count: 1 }],
    ['a red fox --refine', { ...fox, refine: true }],
    ['a red --refine fox', { ...fox, refine: true }],
    ['a red fox --refine --refine', { ...fox, refine: true }],
    ['a red fox --model ultra', { ...fox, models: 'ultra' }],
    ['a red fox --model core,ultra', { ...fox, models: 'core ultra' }],
    ['--model ultra, core a red fox', { ...fox, models: 'ultra core' }],
    ['--model ultra ,core a red fox', { ...fox, models: 'ultra core' }],
    ['--model ultra a red fox', { ...fox, models: 'ultra' }],
    ['a red fox --model ultra --model sd3.5', { ...fox, models: 'ultra sd3.5' }],
    ['a red fox --model core,core', fox],
    ['a red fox --model "Stable Image Ultra"', { ...fox, models: 'ultra' }],
    ['a red fox --model stability.stable-image-ultra-v1:1', { ...fox, models: 'ultra' }],
    ['a red fox --model openai', { ...fox, models: 'openai' }],
    ['a red fox --model openai --ar 4:3', { ...fox, models: 'openai', aspectRatio: '4:3' }],
    ['a red fox --model openai --no text --seed 7', { ...fox, models: 'openai', negativePrompt: 'text', seed: 7 }],
    ['a sign that says "--ar 16:9" in red', { prompt: 'a sign that says "--ar 16:9" in red' }],
    ['a sign that says “—no dogs” in red', { prompt: 'a sign that says “—no dogs” in red' }],
    ['a 6" nail --ar 16:9', { prompt: 'a 6" nail', aspectRatio: '16:9' }],
    ['"a red fox --ar 16:9', { prompt: '"a red fox', aspectRatio: '16:9' }],
    ["the cats' toy --ar 16:9 isn't 'here'", { prompt: "the cats' toy isn't 'here'", aspectRatio: '16:9' }],
    ['a fox — red and quick', { prompt: 'a fox — red and quick' }],
    ['a fox —running— home', { prompt: 'a fox —running— home' }],
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
    const parsed = parse(text);
    expect(parsed.kind === 'request' ? summarize(parsed) : parsed).toEqual(expected);
  });
});
