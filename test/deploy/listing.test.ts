import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const page = read('docs/listing.md');
const field = (name: string) => new RegExp(`^\\| ${name} \\|\\s*(\\d*)\\s*\\| (.*) \\|$`, 'm').exec(page) ?? [];

it("the texts of the app's page are within Slack's limits, and the manifest has the same", () => {
  const { display_information: manifest } = parse(read('manifest.yml'));
  const [, nameLimit, name = ''] = field('App name');
  const [, limit, description = ''] = field('Short description');
  const [, , color] = field('Background color');
  expect([name, description, color]).toEqual([manifest.name, manifest.description, `\`${manifest.background_color}\``]);
  expect(name.length).toBeLessThanOrEqual(Number(nameLimit));
  expect(description.length).toBeLessThanOrEqual(Number(limit));
  const [, long = ''] = /^```text\n(.*?)^```$/ms.exec(page) ?? [];
  expect(long.length).toBeGreaterThan(175);
  expect(long.length).toBeLessThanOrEqual(4000);
});
