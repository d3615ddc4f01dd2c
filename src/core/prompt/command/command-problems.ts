import type { AspectRatio } from '../../image-model.js';
import type { FlagName } from './command-flags.js';

/** A mistake in a command. Nothing is started while there is one. Models are told by their labels. */
export type ValidationIssue =
  | { flag: string; problem: 'unknown_flag'; given: string; didYouMean?: FlagName }
  | { flag: FlagName; problem: 'missing_value' }
  | { flag: FlagName; problem: 'takes_no_value'; given: string }
  | { flag: FlagName; problem: 'repeated'; given: string }
  | { flag: 'ar'; problem: 'not_a_shape'; given: string; allowed: readonly AspectRatio[] }
  | {
      flag: 'ar';
      problem: 'shape_not_available';
      given: string;
      model: string;
      allowed: readonly AspectRatio[];
      nearest: AspectRatio;
    }
  | { flag: 'style'; problem: 'unknown_style'; given: string; allowed: readonly string[]; didYouMean?: string }
  | { flag: 'model'; problem: 'unknown_model'; given: string; allowed: readonly string[]; didYouMean?: string }
  | { flag: 'model'; problem: 'model_not_offered'; given: string; allowed: readonly string[] }
  | { flag: 'model'; problem: 'retired_model'; given: string; model: string; since: string; didYouMean: string }
  | { flag: 'model'; problem: 'too_many_models'; given: number; allowed: number }
  | { flag: 'seed' | 'n'; problem: 'not_in_range'; given: string; allowed: { min: number; max: number } }
  | { flag: 'no' | 'prompt'; problem: 'too_long'; given: number; allowed: number; model: string }
  | { flag: 'prompt'; problem: 'empty' };
