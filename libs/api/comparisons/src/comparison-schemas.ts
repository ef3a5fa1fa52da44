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
  text,
  time,
  timingsOf,
  weightOf,
} from '@tandem/api/openapi';
import { BLIND_CHOICES, PAIR_SIDES, VOTE_CHOICES } from '@tandem/shared/contracts';

const ID = text('019ac9f2-0d5c-7a31-9b7e-3c2f6f1f7a10');
const ANY_OBJECT = { type: 'object', additionalProperties: true, example: { temperature: 0.7 } } as SchemaObject;
const SUCCESS = oneOf(['success']);
const NULL_TEXT = (example: string, description?: string): SchemaObject => orNull(text(example), description);

const USAGE = record('KeptUsage', { prompt_tokens: number(5), completion_tokens: number(7), total_tokens: number(12) });
const TIMINGS = timingsOf('KeptTimings');

const ANSWER = record('KeptAnswer', {
  model: text('tandem-tiny-base'),
  identity: orNull({ ...ANY_OBJECT, example: { model: 'tandem-tiny-base.gguf' } } as SchemaObject),
  text: text('A tandem is a bicycle for two.'),
  thoughts: NULL_TEXT('They ask for a word.'),
  finish_reason: FINISH_REASON_OR_NULL,
  error: orNull(FRAME_ERROR),
  usage: orNull(USAGE),
  timings: orNull(TIMINGS),
  seed: orNull(count(7)),
  ignored_parameters: listOf({ type: 'string' }),
});

const CONTENT = {
  title: text('Bicycles'),
  note: text('After the second epoch.'),
  baseline: text('tandem-tiny-base'),
  derivative: text('tandem-tiny-chat'),
  config_version: NULL_TEXT('4eecbe640c7e'),
};
const PLACE = { id: ID, url: text('/comparisons/019ac9f2-0d5c-7a31-9b7e-3c2f6f1f7a10', 'Where it is read'), created_at: time(), updated_at: time() };

const COMPARISON = record('Comparison', {
  ...PLACE,
  ...CONTENT,
  system: NULL_TEXT('Answer in one sentence.'),
  parameters: record('KeptParameters', { baseline: ANY_OBJECT, derivative: ANY_OBJECT }),
  turns: listOf(record('KeptTurn', { prompt: text('What is a tandem?'), baseline: ANSWER, derivative: ANSWER })),
});

export const COMPARISON_BODY = record('ComparisonBody', { status: SUCCESS, comparison: COMPARISON });

export const COMPARISON_LIST = record('ComparisonListBody', {
  status: SUCCESS,
  comparisons: listOf(
    record('ComparisonRow', { ...PLACE, ...CONTENT, turn_count: count(1), prompt: text('What is a tandem?', 'The beginning of the first') }),
    'The newest first',
  ),
  next_cursor: NULL_TEXT('MDE5YWM5ZjItMGQ1Yy03YTMxLTliN2UtM2MyZjZmMWY3YTEw', 'Of the next page; null on the last'),
});

export const DELETED_BODY = record('ComparisonDeletedBody', { status: SUCCESS, id: ID });

export const VOTE_BODY = record('VoteBody', {
  status: SUCCESS,
  vote: record('Vote', { turn: count(0), choice: oneOf(VOTE_CHOICES), blind: flag(false), created_at: time(), updated_at: time() }),
});

const COUNTS = peoplesCounts('VoteCounts');

export const VOTES_BODY = record('VoteListBody', {
  status: SUCCESS,
  votes: listOf(
    record('TurnVotes', {
      turn: count(0),
      counts: COUNTS,
      yours: oneOfOrNull(VOTE_CHOICES, 'derivative', 'Null where you have not voted'),
    }),
  ),
});

export const SUMMARY_BODY = record('VoteSummaryBody', {
  status: SUCCESS,
  counts: COUNTS,
  ...weightOf('VoteInterval', PEOPLES_WEIGHT),
  needed_more: NEEDED_MORE,
});

export const RANKING_BODY = record('VoteRankingBody', {
  status: SUCCESS,
  models: listOf(
    record('RankedModel', {
      model: text('tandem-tiny-chat'),
      strength: { type: ['number', 'null'], example: 0.55 } as unknown as SchemaObject,
      wins: count(30),
      losses: count(10),
      ties: count(20),
    }),
    'The strongest first',
  ),
});

const STREAMS = record('BlindStreams', { left: text('3f9c2a'), right: text('5d81b7') });
export const BLIND_BODY = record('BlindBody', { status: SUCCESS, id: ID, streams: STREAMS });

const ofBoth = (title: string, value: SchemaObject): SchemaObject => record(title, { left: value, right: value });
const OUTCOME = record('BlindOutcome', {
  usage: orNull(USAGE),
  error: orNull(FRAME_ERROR),
  ignored_parameters: listOf({ type: 'string' }),
  seed: orNull(count(7)),
});

export const REVEAL_BODY = record('BlindRevealBody', {
  status: SUCCESS,
  choice: oneOf(BLIND_CHOICES),
  vote: oneOf(VOTE_CHOICES, 'The same, by the side that it was for'),
  sides: ofBoth('BlindSides', oneOf(PAIR_SIDES)),
  models: ofBoth('BlindModels', text('tandem-tiny-base')),
  timings: ofBoth('BlindTimings', orNull(TIMINGS, 'Null where the server restarted meanwhile')),
  outcomes: ofBoth('BlindOutcomes', orNull(OUTCOME)),
});
