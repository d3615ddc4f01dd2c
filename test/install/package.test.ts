import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';

const npm = (...words: string[]) => promisify(execFile)('npm', words, { maxBuffer: 50_000_000 });
const packSchema = z.array(z.object({ files: z.array(z.object({ path: z.string() })) }));
const sbomSchema = z.object({ bomFormat: z.literal('CycloneDX'), components: z.array(z.object({ name: z.string() })) });

test('the package has what runs, its manifest and policy, and nothing else', async () => {
  const { stdout } = await npm('pack', '--dry-run', '--json', '--ignore-scripts');
  const paths = packSchema.parse(JSON.parse(stdout)).flatMap(({ files }) => files.map(({ path }) => path));
  const others = paths.filter((path) => !/^dist\/.*\.js$/.test(path));
  const documents = ['LICENSE', 'README.md'];
  expect(others.sort()).toEqual(
    ['.env.example', ...documents, 'deploy/policy.json', 'manifest.yml', 'package.json'].sort(),
  );
  for (const program of ['main', 'doctor', 'setup']) expect(paths).toContain(`dist/${program}.js`);
});

test('npm sbom lists what runs in CycloneDX', async () => {
  const { stdout } = await npm('sbom', '--omit=dev', '--sbom-format=cyclonedx', '--package-lock-only');
  const names = sbomSchema.parse(JSON.parse(stdout)).components.map(({ name }) => name);
  expect(names).toContain('sharp');
  expect(names).not.toContain('vitest');
});
