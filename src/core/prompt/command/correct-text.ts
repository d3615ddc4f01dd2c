import { type FoundFlag, takeApart, type ValidationIssue } from './flags.js';

/** What to use instead of what was typed, if that is plain. */
export function suggestionFor(issue: ValidationIssue): string | undefined {
  switch (issue.problem) {
    case 'unknown_flag':
      return issue.didYouMean && `--${issue.didYouMean}`;
    case 'unknown_name':
    case 'retired_model':
      return issue.didYouMean;
    case 'aspect_ratio_not_available':
      return issue.nearest;
    default:
      return undefined;
  }
}

/** The text with one mistake corrected, as if it had been typed so. Undefined if there is no suggestion for it. */
export function correctText(text: string, issue: ValidationIssue): string | undefined {
  const suggestion = suggestionFor(issue);
  if (suggestion === undefined) return undefined;
  for (const found of takeApart(text).flags) {
    const corrected = correctFlag(found, issue, suggestion);
    if (corrected !== undefined) return text.slice(0, found.start) + corrected + text.slice(found.end);
  }
  return undefined;
}

function correctFlag(
  { word, name, flag, value = '' }: FoundFlag,
  issue: ValidationIssue,
  suggestion: string,
): string | undefined {
  if (!('given' in issue)) return undefined;
  if (issue.problem === 'unknown_flag') {
    return word === issue.given ? suggestion + word.slice(word.indexOf(name) + name.length) : undefined;
  }
  if (flag !== issue.flag) return undefined;
  const names = flag === 'model' ? value.split(',').map((model) => model.trim()) : [value];
  if (!names.some((one) => one === issue.given)) return undefined;
  const corrected = names.map((one) => (one === issue.given ? suggestion : one)).join(',');
  return `--${flag} ${/\s/.test(corrected) ? `"${corrected}"` : corrected}`;
}
