import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { readManifest } from '../../sandbox/page/read-manifest.js';
import { startApp } from '../../sandbox/start-app.js';
import { type Visit, visit } from './browse.js';

/** The workspace with the product in it, as its manifest installs it. */
export async function openProduct(): Promise<Visit> {
  return visit({ installed: readManifest(await readFile('manifest.yml', 'utf8')), startApp });
}

export const composer = (page: Page): Locator => page.getByRole('combobox', { name: 'Message #marketing' });

export const carousel = (page: Page): Locator => page.getByRole('region', { name: 'Carousel of 4 cards' });

/** Types the command and waits until the images are there. */
export async function imagine(page: Page, prompt: string): Promise<void> {
  await composer(page).fill(`/imagine ${prompt}`);
  await composer(page).press('Enter');
  await page.getByText(' · batch ').waitFor();
}
