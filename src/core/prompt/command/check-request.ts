import type { AspectRatio, ModelInfo, Models } from '../../image-model.js';
import { models as knownModels } from '../../model-catalog.js';
import { nearestAspectRatio, parseAspectRatio, sameAspectRatio } from '../aspect-ratio.js';
import type { Visibility } from '../preferences.js';
import { applyStyle, findStyle, type Style, styles } from '../styles.js';
import { nearestWord, type ReadRequest, type ValidationIssue } from './flags.js';

/** What was asked for, with every model able to do it. A known style is not in `prompt` yet: see `applyStyle`. */
export interface CheckedRequest {
  prompt: string;
  negativePrompt: string;
  /** One that every model offers; undefined: the default. */
  aspectRatio: AspectRatio | undefined;
  style: Style | undefined;
  /** Not even the user's default: after `--style none`, or a style of the user's own, which is in the prompt. */
  withoutStyle: boolean;
  /** The prompt is to be improved first. */
  refine: boolean;
  /** It is not to be translated. */
  asIs: boolean;
  /** undefined: the default. */
  visibility: Visibility | undefined;
  /** The first image's, in its model's range or not: see `fitSeed`; undefined: a random one. */
  seed: number | undefined;
  /** In the order asked for; the default if none was. */
  models: Models;
  /** Images in all, dealt out among the models. */
  count: number;
}

/** What is done otherwise than typed, for the user to know. */
export type RequestNote =
  | { kind: 'flags_ignored'; given: readonly string[] }
  | { kind: 'style_in_prompt'; given: string; known: readonly string[] };

const styleIds = styles.map(({ id }) => id);

type Report = (issue: ValidationIssue) => undefined;

/**
 * Checks what a command or a form asks for against what the models can do; with issues, the request is not to be used.
 * @param offered the models that users may choose from, the default first
 */
export function checkRequest(
  { prompt: typed, values, issues: found, ignored }: ReadRequest,
  offered: Models,
  maxCount: number,
): { request: CheckedRequest; issues: readonly ValidationIssue[]; notes: readonly RequestNote[] } {
  const issues = [...found];
  const report: Report = (issue) => void issues.push(issue);
  const notes: RequestNote[] = ignored.length > 0 ? [{ kind: 'flags_ignored', given: ignored }] : [];
  const { style, ownStyle } = checkStyle(values.style?.[0], report);
  const withoutStyle = ownStyle !== undefined || values.style?.[0]?.toLowerCase() === 'none';
  if (ownStyle) notes.push({ kind: 'style_in_prompt', given: ownStyle, known: styleIds });
  const prompt = ownStyle && typed.trim() ? `${typed}, ${ownStyle} style` : typed;
  const models = checkModels(values.model ?? [], offered, report);
  const count = checkCount(values.n?.[0], maxCount, report) ?? maxCount;
  if (models.length > count) {
    report({ flag: 'model', problem: 'too_many_models', given: models.length, allowed: count });
  }
  const seed = checkSeed(values.seed?.[0], report);
  const aspectRatio = checkAspectRatio(values.ar?.[0], models, report);
  if (prompt.trim() === '') report({ flag: 'prompt', problem: 'empty' });
  const negativePrompt = (values.no ?? []).map((value) => value.trim().replace(/(?<!,),+$/, '')).join(', ');
  const refine = (values.refine ?? []).length > 0;
  const asIs = (values['as-is'] ?? []).length > 0;
  const visibility = checkVisibility(values);
  const request = {
    prompt,
    negativePrompt,
    aspectRatio,
    style,
    withoutStyle,
    refine,
    asIs,
    visibility,
    seed,
    models,
    count,
  };
  checkLengths(request, report);
  return { request, issues, notes };
}

/** A style that is unlike every known one is the user's own. */
function checkStyle(given: string | undefined, report: Report): { style?: Style; ownStyle?: string } {
  if (given === undefined || given.toLowerCase() === 'none') return {};
  const style = findStyle(given);
  if (style) return { style };
  const near = findStyle(
    nearestWord(
      given,
      styles.flatMap(({ id, aliases }) => [id, ...aliases]),
    ) ?? '',
  );
  if (near) report({ flag: 'style', problem: 'unknown_name', given, allowed: styleIds, didYouMean: near.id });
  else if (given.trim() === '') report({ flag: 'style', problem: 'missing_value' });
  else return { ownStyle: given.trim() };
  return {};
}

/** Of both flags, the one that shows less. */
function checkVisibility(values: ReadRequest['values']): Visibility | undefined {
  if (values.private?.length) return 'private';
  return values.public?.length ? 'channel' : undefined;
}

function checkModels(lists: readonly string[], offered: Models, report: Report): Models {
  const names = lists.flatMap((list) => list.split(',')).map((name) => name.trim());
  const given = names.filter((name) => name !== '');
  if (lists.length > 0 && given.length === 0) report({ flag: 'model', problem: 'missing_value' });
  const chosen = new Set<ModelInfo>();
  for (const name of given) {
    const model = findByName(name, offered);
    if (model) chosen.add(model);
    else report(explainModel(name, offered));
  }
  return orDefault([...chosen], offered);
}

export function orDefault([first, ...others]: readonly ModelInfo[], offered: Models): Models {
  return first ? [first, ...others] : [offered[0]];
}

function findByName(name: string, models: readonly ModelInfo[]): ModelInfo | undefined {
  const wanted = name.toLowerCase();
  return models.find((model) =>
    [model.modelId, model.shortName, model.label].some((own) => own.toLowerCase() === wanted),
  );
}

function explainModel(given: string, offered: Models): ValidationIssue {
  const allowed = offered.map(({ shortName }) => shortName);
  const model = findByName(given, knownModels);
  if (!model)
    return { flag: 'model', problem: 'unknown_name', given, allowed, didYouMean: nearestWord(given, allowed) };
  if (model.state.kind === 'active') return { flag: 'model', problem: 'model_not_offered', given, allowed };
  const { since, successor } = model.state;
  const didYouMean = (findByName(successor, offered) ?? offered[0]).shortName;
  return { flag: 'model', problem: 'retired_model', given, model: model.label, since, didYouMean };
}

function checkCount(given: string | undefined, max: number, report: Report): number | undefined {
  if (given === undefined) return undefined;
  const value = readWholeNumber(given);
  if (value !== undefined && value >= 1 && value <= max) return value;
  return report({ flag: 'n', problem: 'not_in_range', given, allowed: { min: 1, max } });
}

/** Any seed, as one of another model, or of a batch's last image, is shown as well. */
function checkSeed(given: string | undefined, report: Report): number | undefined {
  if (given === undefined) return undefined;
  return readWholeNumber(given) ?? report({ flag: 'seed', problem: 'not_a_seed', given });
}

function readWholeNumber(given: string): number | undefined {
  const value = /^\d{1,16}$/.test(given) ? Number(given) : Number.NaN;
  return Number.isSafeInteger(value) ? value : undefined;
}

/** The first of `count` seeds in a row that every chosen model with seeds takes. */
export function commonSeeds(models: Models, count: number): { min: number; max: number } {
  const withSeeds = models.filter(({ takesSeed }) => takesSeed);
  const ranges = (withSeeds.length > 0 ? withSeeds : models).map(({ seedRange }) => seedRange);
  const max = Math.min(...ranges.map((range) => range.max));
  return { min: Math.max(...ranges.map(({ min }) => min)), max: max - count + 1 };
}

/** In the models' own spelling. */
function checkAspectRatio(given: string | undefined, models: Models, report: Report): AspectRatio | undefined {
  if (given === undefined) return undefined;
  const wanted = parseAspectRatio(given);
  if (!wanted) return report({ flag: 'ar', problem: 'not_an_aspect_ratio', given });
  for (const { label: model, aspectRatios: allowed } of models) {
    if (sameAspectRatio(wanted, allowed)) continue;
    const nearest = nearestAspectRatio(wanted, allowed);
    report({ flag: 'ar', problem: 'aspect_ratio_not_available', given, model, allowed, nearest });
  }
  return sameAspectRatio(wanted, models[0].aspectRatios);
}

/** The words of a style count, because they are sent. */
function checkLengths({ prompt, negativePrompt, style, models }: CheckedRequest, report: Report): void {
  for (const modelInfo of models) {
    const { label: model, promptLimit, takesNegativePrompt } = modelInfo;
    const allowed = promptLimit - (applyStyle(prompt, style, modelInfo).prompt.length - prompt.length);
    if (prompt.length > allowed) {
      report({ flag: 'prompt', problem: 'too_long', given: prompt.length, allowed, model });
    }
    if (takesNegativePrompt && negativePrompt.length > promptLimit) {
      report({ flag: 'no', problem: 'too_long', given: negativePrompt.length, allowed: promptLimit, model });
    }
  }
}
