import { fox, type Scene } from './scene.js';

/** A chosen image. */
export const choiceScenes: readonly Scene[] = [
  {
    name: 'picked',
    async play({ enter, pickTwo }) {
      await enter('newsletter');
      await pickTwo(fox);
    },
  },
  {
    name: 'image-menu',
    shows: 'menu',
    async play({ enter, pickTwo, openImageMenu }) {
      await enter('packaging');
      await pickTwo(fox);
      await openImageMenu();
    },
  },
  {
    name: 'other-images',
    async play({ enter, pickTwo, openImageMenu, page, last }) {
      await enter('sales-deck');
      await pickTwo(fox);
      await openImageMenu();
      await page.getByRole('option', { name: 'Other images' }).click();
      await last.getByText('is chosen').waitFor();
    },
  },
];
