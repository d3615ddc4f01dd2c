import { type CheckedRequest, checkRequest, type Models } from './check-request.js';
import { readFlags, type ValidationIssue } from './flags.js';

/** What was asked for, with every model able to do it. `prompt` is as typed: see `applyStyle`. */
export interface CommandRequest extends CheckedRequest {
  kind: 'request';
  /** `--style none`: not even the user's default. */
  withoutStyle: boolean;
  /** The prompt is to be improved first. */
  refine: boolean;
}

export interface CommandIssues {
  kind: 'issues';
  /** All of them, not only the first. */
  issues: readonly ValidationIssue[];
  /** What was typed, to give it back. */
  text: string;
}

/** Reads the text of the command: never throws, loses no word. */
export function parseCommand(text: string, offered: Models, maxCount: number): CommandRequest | CommandIssues {
  const { prompt, values, issues: flagIssues } = readFlags(text);
  const withoutStyle = values.style[0]?.toLowerCase() === 'none';
  const given = {
    prompt,
    negativePrompt: values.no.map((value) => value.trim().replace(/(?<!,),+$/, '')).join(', '),
    aspectRatio: values.ar[0],
    style: withoutStyle ? undefined : values.style[0],
    seed: values.seed[0],
    models: values.model,
    count: values.n[0],
  };
  const checked = checkRequest(given, offered, maxCount);
  const issues = [...flagIssues, ...checked.issues];
  if (issues.length > 0) return { kind: 'issues', issues, text };
  return { kind: 'request', ...checked.request, withoutStyle, refine: values.refine.length > 0 };
}
