import { count, flag, listOf, number, oneOf, orNull, record, type SchemaObject, share, text } from '@tandem/api/openapi';
import { SCORING_METHODS } from '@tandem/shared/contracts';
import { OTHER_VOCABULARIES } from '@tandem/shared/measures';

const atMostZero = (example: number, description: string): SchemaObject => ({ type: 'number', maximum: 0, example, description });

const BYTES: SchemaObject = {
  type: 'array',
  items: { type: 'integer', minimum: 0 },
  minItems: 2,
  maxItems: 2,
  example: [0, 3],
  description: "In the text's UTF-8: the first, and the one behind the last",
};
const TOKEN_TEXT = text('The', 'Part of a character by its bytes: `bytes:\\xf0\\x9f`');
const LOGPROB = atMostZero(-1.25, 'Natural, before temperature and truncation; -9999 stands for the logarithm of 0');

const ALTERNATIVE = record('ScoredAlternative', { text: TOKEN_TEXT, logprob: LOGPROB });

const TOKEN = record('ScoredToken', {
  text: TOKEN_TEXT,
  bytes: BYTES,
  logprob: orNull(LOGPROB, 'Natural, before temperature and truncation; null for a first token that nothing stands before'),
  rank: orNull({ type: 'integer', minimum: 1, example: 1 }, 'From 1; null beyond the alternatives that were asked for'),
  top: listOf(ALTERNATIVE, 'The likeliest at this place, the likeliest first'),
});

const SUMMARY = record(
  'ScoreSummary',
  {
    tokens: count(7),
    bytes: count(26),
    characters: count(26, 'Code points'),
    log_likelihood: atMostZero(-18.2, 'Sum of the natural logarithms'),
    perplexity: orNull(number(13.5, 'Null where no token counts')),
    bits_per_byte: orNull(number(1.01, 'Null where no byte counts')),
  },
  { description: 'Of all tokens that have a log-probability, and of their bytes alone' },
);

export const SCORE = record('Score', {
  model: text('tandem-tiny-chat'),
  method: oneOf(SCORING_METHODS, 'How it was had: `prefill` is one reading of the text by a local model'),
  exact: flag(true, "Whether every log-probability is the model's own; false where a server rounds"),
  vocabulary: orNull(text('9f2c', 'Hash of its list of tokens; null where a server does not tell that')),
  tokens: listOf(TOKEN),
  summary: SUMMARY,
});

export const sides = (title: string, of: SchemaObject, description?: string): SchemaObject =>
  record(title, { baseline: of, derivative: of }, description === undefined ? {} : { description });

export const KL = record('KlSummary', {
  mean: number(1.15, 'Nats per token, KL(baseline‖derivative)'),
  median: number(0.61),
  p99: number(6.8, 'The 99th percentile'),
  max: number(7.4),
  kind: oneOf(['exact', 'lower_bound'], '`lower_bound`: the true value is at least this'),
  covered_mass: share(0.98, "How much of the baseline's probability the known tokens hold"),
});

const LOG_LIKELIHOOD = orNull(atMostZero(-1.25, 'Sum over the span; null where one of its tokens has none'));

const SPAN = record('DivergenceSpan', {
  bytes: BYTES,
  baseline: LOG_LIKELIHOOD,
  derivative: LOG_LIKELIHOOD,
  kl: orNull(number(0.1, 'Nats; null where tokens cannot be compared')),
  same_top: orNull(flag(true, 'Whether both find the same token likeliest; null where that is not known')),
});

export const DIVERGENCE = record('Divergence', {
  scores: sides('DivergenceScores', SCORE),
  kl: orNull(KL, 'Null where tokens cannot be compared'),
  same_top: orNull(share(0.73, 'The share of tokens at which both find the same one likeliest')),
  rms_delta_p: orNull(share(0.31, "Root mean square of how far the probabilities of the text's tokens differ")),
  bits_per_byte: sides('BitsPerByte', orNull(number(1.01)), 'Over the bytes that count for both'),
  spans: listOf(SPAN, 'They end where both tokenisations have a boundary'),
  comparable: flag(true, 'Whether the two can be compared token by token'),
  why_not: orNull(text(OTHER_VOCABULARIES)),
  first_divergence: orNull(
    record('FirstDivergence', { token: count(3, 'From 0'), byte: count(14, 'Its first') }),
    'The first token at which the two find different ones likeliest; null where there is none',
  ),
});
