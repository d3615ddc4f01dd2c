import type { Submission, SubmittedValues } from '../../sandbox/workspace/driver.js';
import type { SeenView } from '../../sandbox/workspace/seen.js';
import type { Story } from './story.js';

/** The form on the user's screen, once it can be filled in. */
export function seeForm(story: Story, user = story.ana): Promise<SeenView> {
  return waitForForm(story, user, ({ submit: label }) => Boolean(label));
}

/** The modal of this title, once it is filled in. */
export function seeModal(story: Story, title: string, user = story.ana): Promise<SeenView> {
  return waitForForm(story, user, (view) => view.title === title);
}

/** Ana's, once it says so. */
export function seeFormWith(story: Story, words: string): Promise<SeenView> {
  return waitForForm(story, story.ana, (view) => wordsOf(view).includes(words));
}

function waitForForm({ workspace }: Story, user: string, isIt: (view: SeenView) => boolean): Promise<SeenView> {
  const find = () => {
    const view = workspace.openView(user);
    return view && isIt(view) && view;
  };
  return workspace.waitFor(find, { describe: 'a form', timeoutMs: 15_000 });
}

/** The form on Ana's screen with the prompts that were written for it. */
export function seeIdeas(story: Story, round = 1, user = story.ana): Promise<SeenView> {
  return waitForForm(
    story,
    user,
    (view) => ideasIn(view, round).length > 0 && !wordsOf(view).includes('This takes a few'),
  );
}

/** The prompts that it came with. */
export function ideasIn(view: SeenView, round = 1): string[] {
  return [1, 2, 3].flatMap((number) => initialValue(view, `idea_${number}_${round}`) ?? []);
}

/** What the input came with. */
export function initialValue(view: SeenView | undefined, blockId: string): string | undefined {
  const input = view?.blocks.find((block) => block.type === 'input' && block.block_id === blockId);
  if (input?.type !== 'input') return undefined;
  const { element } = input;
  if ('initial_value' in element && typeof element.initial_value === 'string') return element.initial_value;
  if ('initial_option' in element && element.initial_option) return element.initial_option.value;
  return undefined;
}

/** Everything that the user can read in it. */
export function wordsOf(view: SeenView): string {
  return JSON.stringify(view.blocks);
}

export async function submit(story: Story, values: SubmittedValues = {}, user = story.ana): Promise<Submission> {
  return story.workspace.submitView({ user, values });
}
