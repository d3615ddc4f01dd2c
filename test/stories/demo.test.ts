import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { readDemoWords } from '../../sandbox/demo/read-words.js';
import { runDemo } from '../../sandbox/demo/run-demo.js';
import { useEnvironment } from './environment.js';
import { runApp } from './story.js';

const program = fileURLToPath(new URL('../../dist-sandbox/demo.js', import.meta.url));
const four = ['1.png', '2.png', '3.png', '4.png'];

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'imagine-demo-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The demo with the app in this process; the lines that it tells, and the images that it leaves. */
function run(...words: string[]): Promise<{ lines: string[]; images: string[] }> {
  return runWith({}, ...words);
}

async function runWith(settings: Record<string, string>, ...words: string[]) {
  const lines: string[] = [];
  const folder = await emptyFolder();
  await runDemo(
    readDemoWords(['--quick', ...words], (name) => name.startsWith('amazon.')),
    {
      folder,
      tell: (line) => lines.push(line.trim()),
      async startApp(environment) {
        useEnvironment({ ...environment, ...settings });
        const { stop } = await runApp({ ...environment, ...settings });
        return { output: () => '', exited: new Promise(() => {}), stop: () => stop().then(() => 0) };
      },
    },
  );
  return { lines, images: (await readdir(folder)).sort() };
}

it('plays the whole path as a program: the command, four images, one kept', async () => {
  const cwd = await emptyFolder();
  const { stdout } = await promisify(execFile)(process.execPath, [program, '--quick'], { cwd });
  for (const line of [
    'Ana types /imagine a red fox in the snow',
    'Drawing 4 images · Stable Image Core',
    'the message shows 4 images, numbered 1 to 4: a red fox in the snow',
    'Ana clicks "2"',
    'the message is now that image, kept as a file in Slack',
    'all 4 images are in the folder demo-images',
  ]) {
    expect(stdout).toContain(`${line}\n`);
  }
  expect((await readdir(join(cwd, 'demo-images'))).sort()).toEqual(four);
});

it('draws with a retired model, in a Region that has it', async () => {
  const { lines, images } = await run('--model', 'amazon.nova-canvas-v1:0', 'a', 'fox', '--ar', '16:9');
  expect(lines).toContain('Ana types /imagine a fox --ar 16:9');
  expect(lines).toContain('Drawing 4 images · Amazon Nova Canvas');
  expect(images).toEqual(four);
});

it('compares models', async () => {
  const { lines, images } = await run('a red fox --model core,ultra,openai');
  expect(lines).toContain('Drawing 4 images · Stable Image Core, Stable Image Ultra, GPT Image 2');
  expect(images).toEqual(four);
});

it('imagines from a post, in its thread', async () => {
  const { lines, images } = await run('--post', 'We are thrilled to announce our new rooftop garden! Come and see it.');
  expect(lines).toEqual(
    expect.arrayContaining([
      'Ben posts: We are thrilled to announce our new rooftop garden! Come and see it.',
      'Ana chooses "Imagine from this post"',
      expect.stringMatching(/^the form proposes: .*rooftop garden/),
      "the images come in the post's thread",
      'the message is now that image, kept as a file in Slack',
    ]),
  );
  expect(images).toEqual(four);
});

it('tells what the app says if it does not draw', async () => {
  const { lines, images } = await run('a', 'fox', '--ar', '4:3');
  expect(lines).toContainEqual(
    expect.stringMatching(/^only Ana reads: `--ar 4:3` is not available on Stable Image Core/),
  );
  expect(images).toEqual([]);
});

it('looks again at words that are not English, and tells of a filter that refused them', async () => {
  const { lines } = await runWith({ PROMPT_MODEL: 'off' }, 'ein', 'roter', 'Fuchs', 'im', 'Schnee', 'forbidden');
  expect(lines).toContainEqual(expect.stringMatching(/^the form says: This looks like German\./));
  expect(lines).toContainEqual(expect.stringMatching(/^No image could be drawn/));
});
