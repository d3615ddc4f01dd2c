/** How surely a post is of each feeling; the four shares add up to 1. */
export interface Sentiment {
  positive: number;
  negative: number;
  neutral: number;
  mixed: number;
}

export interface Language {
  /** As the analysis names it: ISO 639-1, or "zh-TW". */
  code: string;
  /** From 0 to 1. */
  score: number;
}

export interface KeyPhrase {
  text: string;
  /** From 0 to 1: how surely it is one. */
  score: number;
}

/** What an analysis knows of a post; a part that is missing could not be had. */
export interface PostFindings {
  language: Language | undefined;
  sentiment: Sentiment | undefined;
  keyPhrases: readonly KeyPhrase[];
}

/** For posts that no analysis has read. */
export const noFindings: PostFindings = { language: undefined, sentiment: undefined, keyPhrases: [] };

export type PostAnalysisFailure = 'throttled' | 'denied' | 'timed_out' | 'unavailable';

export type PostAnalysis =
  /** `partialCause`: the fault that a part is missing for, for the operator's log. */
  | ({ kind: 'analysed'; partialCause?: unknown } & PostFindings)
  /** The language is known, but the analysis cannot read it. */
  | { kind: 'unsupported_language'; language: Language }
  /** `cause`: for the operator's log. */
  | { kind: 'unavailable'; reason: PostAnalysisFailure; cause: unknown };
