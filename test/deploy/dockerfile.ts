import { readFileSync } from 'node:fs';

interface Instruction {
  name: string;
  value: string;
}

/** One FROM and what follows it. */
export interface Stage {
  name: string;
  platform: string | undefined;
  base: string;
  instructions: Instruction[];
}

/** Enough of the Dockerfile's grammar for ours: no heredocs. https://docs.docker.com/reference/dockerfile/ */
export function readDockerfile(path: string): Stage[] {
  const text = readFileSync(path, 'utf8').replaceAll(/^\s*#.*\n/gm, '');
  const lines = text.replaceAll(/\\\n\s*/g, '').split('\n');
  const stages: Stage[] = [];
  for (const line of lines.filter((each) => each.trim() !== '')) {
    const [, name = '', value = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    const [, platform, base = '', stage = ''] = /^(?:--platform=(\S+) )?(\S+)(?: AS (\S+))?$/.exec(value) ?? [];
    if (name === 'FROM') stages.push({ name: stage, platform, base, instructions: [] });
    else stages.at(-1)?.instructions.push({ name, value });
  }
  return stages;
}

/** The values of the last stage: those of the image that runs. */
export function lastValue(stages: readonly Stage[], name: string): string | undefined {
  return stages.at(-1)?.instructions.findLast((instruction) => instruction.name === name)?.value;
}

/** The words of an exec form, `["node", "main.js"]`, perhaps behind flags. */
export function execForm(value = ''): string[] {
  const words: unknown = JSON.parse(value.slice(value.indexOf('[')));
  return Array.isArray(words) ? words.map(String) : [];
}
