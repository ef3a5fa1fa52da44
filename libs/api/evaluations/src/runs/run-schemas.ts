import {
  count,
  FINISH_REASON_OR_NULL,
  flag,
  FRAME_ERROR,
  listOf,
  NEEDED_MORE,
  number,
  oneOf,
  oneOfOrNull,
  orNull,
  peoplesCounts,
  PEOPLES_WEIGHT,
  record,
  type SchemaObject,
  share,
  text,
  time,
  timingsOf,
  weightOf,
} from '@tandem/api/openapi';
import { PAIR_SIDES, RUN_ITEM_STATES, RUN_STATES } from '@tandem/shared/contracts';
import { OPTIONAL_PROMPT_FIELDS, PROMPT_FIELDS } from '../prompt-sets/prompt-set-description';

const any = (example: number, description: string): SchemaObject => ({ type: 'number', example, description });

export const COUNTS = record('RunCounts', {
  total: count(40, 'Items: prompts times repeats'),
  queued: count(12, 'Still to be asked'),
  done: count(27, 'All sides answered'),
  failed: count(1, 'At least one side has no answer'),
});
export const STATE = oneOf(RUN_STATES, '`done`: every item was asked, also where some failed; `failed`: it could not go on');

const PARAMETERS = record(
  'RunParametersUsed',
  {
    temperature: number(0),
    top_p: number(0.9),
    top_k: count(0),
    repetition_penalty: number(1),
    max_tokens: count(512),
    seed: orNull(count(7)),
    stop: listOf(text('\n\n')),
  },
  {
    description: 'As they were sent; the seed is that of the first repeat, each further one has the next',
    optional: ['temperature', 'top_p', 'top_k', 'repetition_penalty', 'max_tokens', 'seed', 'stop'],
  },
);

const CARD: Record<string, SchemaObject> = {
  id: text('019ac0de-0000-7000-8000-000000000000'),
  state: STATE,
  baseline: text('tandem-tiny-base', 'Of a pair'),
  derivative: text('tandem-tiny-chat', 'Of a pair'),
  variants: listOf(text('tandem-tiny-base'), 'Of several; the others are compared with the first'),
  prompt_set: record('RunPromptSet', { id: text('general'), name: text('general'), count: count(20) }),
  parameters: PARAMETERS,
  repeats: { type: 'integer', minimum: 1, maximum: 20, example: 1 },
  score: flag(false),
  counts: COUNTS,
  created_at: time(),
  ended_at: orNull(time(), 'ISO 8601, UTC; null until it is over'),
  error: orNull(FRAME_ERROR, 'Why it could not go on'),
};
const OPTIONAL = ['baseline', 'derivative', 'variants'];

export const RUN_CARD = record('RunCard', CARD, { optional: OPTIONAL });

const INTERVAL = record('RunInterval', { low: any(0.31, '95 %'), high: any(0.69, '95 %') });
const ESTIMATE = record('RunEstimate', {
  value: any(0.5, 'The mean, or the share'),
  interval: orNull(INTERVAL, 'Clustered by prompt; null of fewer than two prompts'),
  n: count(20, 'Of how many values it is'),
});
const estimate = (description: string): SchemaObject => orNull(ESTIMATE, description);

const SIDE = record('SideMeasures', {
  model: text('tandem-tiny-base'),
  pass_rate: estimate('The share of the answers that passed their checks; null where nothing was checked'),
  latency_ms: estimate('From the request to the end of the answer'),
  ttft_ms: estimate('From the request to the first token'),
  tokens_per_second: estimate('After the first token'),
  characters: estimate('Of the answers, in code points'),
});

const FLIPS = record('Flips', {
  count: count(3, 'Items that one side got right and the other wrong'),
  share: orNull(share(0.15), 'Of the items that were judged on both sides; null of none'),
  n: count(20, 'Items that were judged on both sides'),
});
const MCNEMAR = record('McNemar', {
  b: count(2, 'Items that only the baseline got right'),
  c: count(1, 'Items that only the derivative got right'),
  p: share(1, 'The exact test, two-sided'),
});
const VOTES = record('JudgeVotes', {
  counts: record('JudgeVoteCounts', { baseline: count(4), derivative: count(9), tie: count(7, 'Where both orders do not agree, too') }),
  ...weightOf('JudgeInterval', { decisive: 13, win_rate: 0.69, interval: { low: 0.34, high: 0.92 }, evidence: 0.82, decided: null }),
});

const PEOPLE_VOTES = record('PeopleVotes', {
  model: text('tandem-tiny-chat'),
  counts: peoplesCounts('PeopleVoteCounts'),
  ...weightOf('PeopleVoteInterval', PEOPLES_WEIGHT),
  needed_more: NEEDED_MORE,
});

const PAIR = record('PairMeasures', {
  model: text('tandem-tiny-chat'),
  same_answer: estimate('The share of items with the same text on both sides'),
  length_ratio: estimate('Of code points, over the baseline’s'),
  divergence: estimate('Mean KL(baseline‖derivative) per token over the baseline’s answers, in nats: at least this; null without `score`'),
  divergence_histogram: orNull(
    record('DivergenceHistogram', { bin_width: number(0.1), counts: listOf(count(3)) }),
    'How many items diverge by how much, in bins of one width from 0 on; null without `score`',
  ),
  flips: FLIPS,
  mcnemar: MCNEMAR,
  holm: share(1, 'That p among those of all variants, by Holm’s correction'),
  votes: orNull(VOTES, 'Null where no judge was asked'),
});

export const SUMMARY = record(
  'RunFindings',
  {
    measures: listOf(SIDE, 'Of every model, the baseline first'),
    pairs: listOf(PAIR, 'Of every other model with the baseline'),
    flips: FLIPS,
    mcnemar: MCNEMAR,
    votes: orNull(VOTES, 'Null where no judge was asked'),
    holm: listOf(record('HolmValue', { model: text('tandem-tiny-chat'), p: share(1) })),
    people_votes: listOf(PEOPLE_VOTES, 'What people voted on each pair by now, in comparisons or blind'),
  },
  { description: 'Over the items that were asked so far. What stands beside `pairs` is of the first pair' },
);

export const RUN_WITH_SUMMARY = record('RunDetail', { ...CARD, summary: SUMMARY }, { optional: OPTIONAL });

const CHECKED = record('CheckResult', {
  passed: orNull(flag(true), 'Whether all were passed; null where it could not be told'),
  checks: listOf(record('CheckFinding', { type: text('contains'), passed: orNull(flag(true)) })),
});
const TOKENS = record('RunUsage', { prompt_tokens: count(5), completion_tokens: count(7), total_tokens: count(12) });
const TIMINGS = timingsOf('RunTimings');
const ANSWER = record(
  'RunAnswer',
  {
    model: text('tandem-tiny-chat'),
    text: text('Paris.'),
    thoughts: text('They ask for a capital.'),
    finish_reason: FINISH_REASON_OR_NULL,
    error: orNull(FRAME_ERROR, 'Why there is no whole answer'),
    usage: orNull(TOKENS, 'Null where the server did not say'),
    timings: orNull(TIMINGS, 'Null where it was not asked to the end'),
    seed: count(7),
    ignored_parameters: listOf(text('top_k')),
    check: orNull(CHECKED, 'Null where nothing is checked'),
    tries: { type: 'integer', minimum: 1, maximum: 5, example: 1, description: 'How often it was asked for' },
  },
  { optional: ['thoughts'] },
);

const WINNER = oneOfOrNull([...PAIR_SIDES, 'tie'], 'derivative');

export const ITEM = record(
  'RunItem',
  {
    id: text('capital-of-france:1'),
    ...PROMPT_FIELDS,
    repeat: { type: 'integer', minimum: 1, maximum: 20, example: 1 },
    state: oneOf(RUN_ITEM_STATES),
    answers: {
      description: 'By side; with variants a list in their order. Empty until it was asked',
      oneOf: [listOf(ANSWER), record('RunAnswers', { baseline: ANSWER, derivative: ANSWER }, { optional: ['baseline', 'derivative'] })],
    } as SchemaObject,
    divergence: orNull(any(1.15, 'Nats per token'), 'Null where it was not scored'),
    length_ratio: orNull(number(1.2), 'Null where there is none'),
    latency: orNull(number(130.5), 'Of the slower side, in milliseconds'),
    verdicts: listOf(
      record('RunVerdict', { model: text('tandem-tiny-chat'), winner: WINNER }),
      'What the judge found between the baseline and each other model',
    ),
  },
  { optional: OPTIONAL_PROMPT_FIELDS },
);
