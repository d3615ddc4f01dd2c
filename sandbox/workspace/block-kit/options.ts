import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { eitherText, plainText } from './text.js';

const value = z.string().min(1).max(75);
const description = plainText(75).optional();

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
export const plainOption = z.strictObject({ text: plainText(75), value, description });

/** Radio buttons and checkboxes may carry mrkdwn. */
export const formattedOption = z.strictObject({ text: eitherText(75), value, description: eitherText(75).optional() });

/** Only an overflow menu's options may lead to a page. */
export const overflowOption = z.strictObject({
  text: plainText(75),
  value,
  description,
  url: z.string().max(3000).optional(),
});

export const optionGroup = z.strictObject({ label: plainText(75), options: z.array(plainOption).min(1).max(100) });

export type Option = z.infer<typeof formattedOption>;

interface Choices {
  options?: readonly Option[] | undefined;
  option_groups?: readonly { options: readonly Option[] }[] | undefined;
}

export function optionsOf(element: Choices): readonly Option[] {
  return element.options ?? element.option_groups?.flatMap((group) => group.options) ?? [];
}

/** An initial option has to equal one of the options in every field. */
export function offersAll(element: Choices, initial: readonly Option[]): boolean {
  return initial.every((wanted) => optionsOf(element).some((offered) => isDeepStrictEqual(offered, wanted)));
}
