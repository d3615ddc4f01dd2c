import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutToBytes } from '../src/aws/comprehend.js';
import { checkRequest } from '../src/core/prompt/command/check-request.js';
import { correctText } from '../src/core/prompt/command/correct-text.js';
import { readFlags } from '../src/core/prompt/command/flags.js';
import { guessCommand, readSubcommand } from '../src/core/prompt/command/subcommands.js';
import { looksEnglish } from '../src/core/prompt/language/prompt-language.js';
import { chooseKeyPhrases, withoutUndrawable } from '../src/core/prompt/post/key-phrases.js';
import { withoutNames, withoutPersonalData } from '../src/core/prompt/post/personal-data.js';
import { cleanPost, promptFromOwnWords, promptFromPost } from '../src/core/prompt/post/post-prompt.js';
import { cutToWords } from '../src/core/prompt/prompt-words.js';
import { proposePrompts } from '../src/core/prompt/proposals.js';
import { translateText } from '../src/core/prompt/translation.js';
import { shorten } from '../src/core/shorten.js';
import { redact } from '../src/observability/log.js';
import { escapeText, readPostText, toPlainWords } from '../src/slack/api/mrkdwn.js';
import { readShownBatch } from '../src/slack/command/history.js';
import { readForm } from '../src/slack/form/handle-form.js';
import { warningSentence } from '../src/text/batch.js';
import { issuesMessage } from '../src/text/command.js';
import { fieldSentence } from '../src/text/form.js';
import { offered } from './core/prompt/command/offered-models.js';

/** Linear time is 10 and quadratic time is 100: three times the linear growth leaves room for noise. */
const maxGrowth = 30;
const [shortLength, longLength] = [1_500, 15_000];
/** Far below the shorter length, so that both lengths take the same way. */
const promptLimit = 500;

function command(text: string): void {
  const { issues } = checkRequest(readFlags(text), offered, 4);
  issuesMessage(issues, text, '/imagine');
  for (const issue of issues.slice(0, 5)) correctText(text, issue);
}

function form(text: string): void {
  const values = { prompt: text, negativePrompt: text, aspectRatio: text, style: text, model: text, seed: text };
  for (const issue of checkRequest(readForm({ ...values, imageUse: text }), offered, 4).issues) fieldSentence(issue);
}

/** Ten characters a phrase, no two the same. */
const phrasesOf = (text: string) =>
  Array.from({ length: text.length / 10 }, (_, index) => ({
    text: `${text.slice(index * 10, (index + 1) * 10)} fox${index}`,
    score: 0.9,
  }));

const written = (text: string) => {
  const proposals = ['a', 'b', 'c'].map((more) => ({ title: text, prompt: `${text} ${more}` }));
  return { language: text, proposals };
};

/** Everything that takes text that users write. */
const parsers: [string, (text: string) => unknown][] = [
  ['the command', command],
  ['the command’s --no', (text) => command(`fox --no ${text}`)],
  ['the command’s --ar', (text) => command(`fox --ar ${text}`)],
  ['the command’s --style', (text) => command(`fox --style ${text}`)],
  ['the command’s --model', (text) => command(`fox --model ${text}`)],
  ['the name of an earlier batch', (text) => readShownBatch(`show ${text}`)],
  ['the words that are no prompt', (text) => readSubcommand(text) ?? guessCommand(text)],
  ['what the form was filled with', form],
  ['the check for English', looksEnglish],
  ['the prompt from a post’s own words', (text) => promptFromOwnWords(text, promptLimit)],
  [
    'the prompt from a post’s one key phrase',
    (text) => promptFromPost(cleanPost(text, { keyPhrases: [{ text, score: 0.9 }] }), promptLimit),
  ],
  ['the choice of key phrases', (text) => chooseKeyPhrases(phrasesOf(text))],
  ['what cannot be drawn', withoutUndrawable],
  ['the first sentence of a post', (text) => promptFromPost(cleanPost(text, { keyPhrases: [] }), promptLimit)],
  ['what says who someone is', withoutPersonalData],
  ['the names that a detector found', (text) => withoutPersonalData(text, [{ kind: 'name', begin: 0, end: 30 }])],
  ['names in what a model wrote', (text) => withoutNames(text, ['today a', 'Ana', 'red fox'])],
  ['what is sent to a text model', (text) => proposePrompts({ text, names: [], keyPhrases: [text], style: text })],
  ['what a text model wrote', (text) => proposePrompts({ text, names: ['Ana'], keyPhrases: [] }).read(written(text))],
  ['a translation', (text) => translateText({ prompt: text, negativePrompt: text }).read({ prompt: text })],
  ['the first sixty words', (text) => cutToWords(text)],
  ['plain words', toPlainWords],
  ['a post’s text', readPostText],
  ['what is shown shortened', (text) => shorten(text, promptLimit)],
  ['what is escaped', escapeText],
  ['what is left out by a model', (given) => warningSentence({ lacks: 'negative_prompt', given, model: 'Core' })],
  ['what is sent to be analyzed', (text) => cutToBytes(text, promptLimit)],
  ['what is logged', redact],
];

const list = (pieces: string) => pieces.split('¦');

/** Runs of what some expression of ours repeats, or begins with. */
const pieces = [
  ...list(' ¦\n¦ \n¦\u3000¦e\u0301¦\ud800¦👩\u200d¦🇫¦l\'¦\'s ¦"¦" ¦{"token":"¦`¦`a '),
  ...list(
    "a¦a ¦the ¦on ¦un ¦ing¦red fox, ¦é¦,¦, ¦;¦.¦、¦。¦-¦-- ¦—¦—a ¦'¦’¦“a¦«a¦«a ¦(¦)¦[¦[a](¦=¦:¦: ¦:a¦:a: ¦:tada:",
  ),
  ...list('<¦<a:¦<@¦>¦&gt;¦&amp;¦*¦*a¦**a ¦*_¦__a ¦~~a ¦```¦#¦# ¦@¦a@¦a.¦@a.¦--no ¦--no x ¦--ar 1:1 ¦--a="¦--model a,'),
  ...list('1¦1 ¦1.¦1:¦1 of ¦May ¦May 1 ¦today ¦5 %¦https://¦https://a/actions/¦www.a ¦の¦漢¦的¦あ¦к ¦ا'),
  ...list('Ana ¦Ana de ¦Xy Zw ¦A.¦Dr ¦Hi A¦mailto:¦a:/¦a://¦a.com¦+1¦(1¦01 ¦555-¦<@U|¦<https:|¦write to ¦or ¦さん'),
  ...list('|¦|a|¦| - |¦a: ¦【¦「¦_a'),
  ...list('xoxe.¦xoxb-a¦sk-¦?token=¦Bearer '),
];

interface Hostile {
  before: string;
  run: string;
  after: string;
}

// With a date, as some expressions tidy what a date leaves behind; and with a letter that is not Latin, as V8 passes over
// what a text of Latin-1 alone cannot match.
const known = pieces.map((run): [Hostile] => [{ before: 'today a', run, after: 'я' }]);

const piece = fc.constantFrom(...pieces);
const hostile = fc.record({
  before: piece,
  run: fc.array(piece, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('')),
  after: piece,
});

const write = ({ before, run, after }: Hostile, length: number) =>
  before + run.repeat(Math.ceil(length / run.length)).slice(0, length) + after;

/** In less, the clock, the compiler and the garbage collector weigh more than the text does. */
const minMs = 2;
/** For a run of a few milliseconds, hundreds of tries; for one that is out of all proportion, one. */
const patienceMs = 1_000;

/** The CPU time of one run: unlike wall time, it leaves out what other processes do meanwhile. */
function cpuMs(parse: (text: string) => unknown, text: string): number {
  const before = process.cpuUsage();
  parse(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * How many times more CPU time `long` takes than `short`, by the fastest run of each. As noise only ever adds time, more
 * runs follow until the ratio is no more than `maxGrowth`.
 */
function cpuGrowth(parse: (text: string) => unknown, short: string, long: string): number {
  const fastest = { short: Number.POSITIVE_INFINITY, long: cpuMs(parse, long) };
  if (fastest.long <= minMs * maxGrowth) return fastest.long / minMs; // however little `short` takes
  parse(short); // V8 compiles an expression at its second use
  let ratio = Number.POSITIVE_INFINITY;
  for (let spent = 0; spent < patienceMs && ratio > maxGrowth; spent += fastest.long) {
    for (let run = 0; run < 3; run += 1) fastest.short = Math.min(fastest.short, cpuMs(parse, short));
    fastest.long = Math.min(fastest.long, cpuMs(parse, long));
    ratio = fastest.long / Math.max(fastest.short, minMs);
  }
  return ratio;
}

describe('the time to read a text grows no faster than its length', () => {
  test.each(parsers)('%s', { timeout: 300_000 }, (_, parse) => {
    fc.assert(
      fc.property(hostile, (text) => {
        const [short, long] = [write(text, shortLength), write(text, longLength)];
        expect(cpuGrowth(parse, short, long)).toBeLessThanOrEqual(maxGrowth);
      }),
      { examples: known, numRuns: known.length + 5, endOnFailure: true },
    );
  });
});
