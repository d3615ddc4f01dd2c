import type { Workspace } from '../workspace/driver.js';

/** Posts that someone might want an image for. */
export function postDrafts({ people: { ana, ben, chika }, channels, post }: Workspace): void {
  const { marketing, random, secret, anaAndBen } = channels;
  const say = ({ id: channel }: typeof marketing, { id: user }: typeof ana, text: string, threadTs?: string) =>
    post({ channel, user, text, threadTs });
  const first = say(
    marketing,
    ben,
    'Draft for Thursday’s newsletter: The first snow is here, and so is our winter roast. Dark chocolate, orange peel, a little smoke. Brewed for slow, happy mornings at the cabin, when the fire is lit and the whole day is yours.',
  );
  say(marketing, ana, 'Love it. It needs a warm image, not another cup seen from above.', first.ts);
  say(
    marketing,
    chika,
    '【下書き】春の新作「さくらラテ」、3月1日から全店で。ほんのり塩味の桜あんと、ふわふわのミルク。満開の並木道を歩くような一杯を、どうぞ。',
  );
  say(
    marketing,
    ana,
    'Draft, LinkedIn: Our new roastery in Porto runs on the sun. 412 panels on an old cannery roof, a view of the river, and the smell of coffee drifting over the boats. Open house on 12 May: come and see it at work.',
  );
  say(random, ben, 'Who else saw the fox behind the office this morning?');
  say(
    secret,
    ana,
    'Not for anyone else yet: the campaign is called “Night shift”. Bakers, nurses, bus drivers, a city before dawn.',
  );
  say(anaAndBen, ben, 'Could you try a few images for the newsletter?');
}
