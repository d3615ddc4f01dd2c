import type { Workspace } from '../workspace/driver.js';

/** Posts that someone might want an image for. */
export function postDrafts(workspace: Workspace): void {
  const { people, channels } = workspace;
  const marketing = channels.marketing.id;
  const first = workspace.post({
    channel: marketing,
    user: people.ben.id,
    text: 'Draft for Thursday’s newsletter: The first snow is here, and so is our winter roast. Dark chocolate, orange peel, a little smoke. Brewed for slow, happy mornings at the cabin, when the fire is lit and the whole day is yours.',
  });
  workspace.post({
    channel: marketing,
    user: people.ana.id,
    text: 'Love it. It needs a warm image, not another cup seen from above.',
    threadTs: first.ts,
  });
  workspace.post({
    channel: marketing,
    user: people.chika.id,
    text: '【下書き】春の新作「さくらラテ」、3月1日から全店で。ほんのり塩味の桜あんと、ふわふわのミルク。満開の並木道を歩くような一杯を、どうぞ。',
  });
  workspace.post({
    channel: marketing,
    user: people.ana.id,
    text: 'Draft, LinkedIn: Our new roastery in Porto runs on the sun. 412 panels on an old cannery roof, a view of the river, and the smell of coffee drifting over the boats. Open house on 12 May: come and see it at work.',
  });
  workspace.post({
    channel: channels.random.id,
    user: people.ben.id,
    text: 'Who else saw the fox behind the office this morning?',
  });
  workspace.post({
    channel: channels.secret.id,
    user: people.ana.id,
    text: 'Not for anyone else yet: the campaign is called “Night shift”. Bakers, nurses, bus drivers, a city before dawn.',
  });
  workspace.post({
    channel: channels.anaAndBen.id,
    user: people.ben.id,
    text: 'Could you try a few images for the newsletter?',
  });
}
