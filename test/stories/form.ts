import type { Submission, SubmittedValues } from '../../sandbox/workspace/driver.js';
import type { SeenView } from '../../sandbox/workspace/seen.js';
import type { Story } from './story.js';

/** The form on the user's screen, once it can be filled in. */
export function seeForm(story: Story, user = story.ana): Promise<SeenView> {
  return story.workspace.waitFor(
    () => {
      const view = story.workspace.openView(user);
      return view?.submit ? view : undefined;
    },
    { describe: 'a form', timeoutMs: 15_000 },
  );
}

/** What the input came with. */
export function initialValue(view: SeenView, blockId: string): string | undefined {
  const input = view.blocks.find((block) => block.type === 'input' && block.block_id === blockId);
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
