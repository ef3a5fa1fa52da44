import { CannotRun } from './cannot-run.mjs';

const WRITTEN = /^([a-z_]+)(>=|<=|>|<)(-?\d+(?:\.\d+)?)(%?)$/;

const COMPARE = {
  '>': (value, bound) => value > bound,
  '<': (value, bound) => value < bound,
  '>=': (value, bound) => value >= bound,
  '<=': (value, bound) => value <= bound,
};

const rateOf = (run, at) => run.summary.measures[at]?.pass_rate?.value;
const pairOf = (run) => run.summary.pairs[0];

/** What a condition can be about; each gives a number, or nothing where the run does not know it. */
const MEASURES = {
  flips: (run, isShare) => (isShare ? run.summary.flips.share : run.summary.flips.n > 0 ? run.summary.flips.count : undefined),
  pass_rate: (run) => rateOf(run, 1),
  pass_rate_drop: (run) => (rateOf(run, 0) === undefined || rateOf(run, 1) === undefined ? undefined : rateOf(run, 0) - rateOf(run, 1)),
  mcnemar_p: (run) => (run.summary.flips.n > 0 ? run.summary.mcnemar.p : undefined),
  same_answer: (run) => pairOf(run)?.same_answer?.value,
  length_ratio: (run) => pairOf(run)?.length_ratio?.value,
  divergence: (run) => pairOf(run)?.divergence?.value,
  win_rate: (run) => run.summary.votes?.win_rate,
  people_win_rate: (run) => run.summary.people_votes[0]?.win_rate,
  failed: (run, isShare) => (isShare ? run.counts.failed / run.counts.total : run.counts.failed),
};

export const MEASURE_NAMES = Object.keys(MEASURES);

/** @throws CannotRun for what is no condition */
export function readCondition(text) {
  const [, name, operator, number, percent] = WRITTEN.exec(text.replaceAll(' ', '')) ?? [];
  if (name === undefined || !Object.hasOwn(MEASURES, name)) {
    throw new CannotRun(
      `--fail-if "${text}": a condition is a measure, one of > < >= <= and a number, such as "flips>2%". Measures: ${MEASURE_NAMES.join(', ')}.`,
    );
  }
  const isShare = percent === '%';
  const bound = isShare ? Number(number) / 100 : Number(number);
  return { text, name, bound, isShare, compare: COMPARE[operator] };
}

/** @throws CannotRun where the run does not know the measure: that must not pass for a condition that holds */
export function judgeCondition({ text, name, bound, isShare, compare }, run) {
  const value = MEASURES[name](run, isShare);
  if (value === undefined || value === null) throw new CannotRun(`--fail-if "${text}": the run does not tell ${name}. ${WHY[name] ?? ''}`.trim());
  return { condition: text, value, met: compare(value, bound) };
}

const CHECKED = 'Prompts need a check for that, and answers on both sides.';
const WHY = {
  flips: CHECKED,
  pass_rate: CHECKED,
  pass_rate_drop: CHECKED,
  mcnemar_p: CHECKED,
  divergence: 'Both models must be able to tell how likely a text is.',
  win_rate: 'Prompts need a check of the type judge for that.',
  people_win_rate: 'Nobody has voted for one of the two yet.',
};

/** Whether one of the conditions needs answers to be scored. */
export const needsScores = (conditions) => conditions.some(({ name }) => name === 'divergence');
