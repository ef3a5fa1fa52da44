/** To three digits, as in a run's HTML. */
const figure = (value) => (Math.abs(value) >= 1e6 ? value.toExponential(1) : String(Number(value.toPrecision(3))));
const percent = (share) => `${figure(share * 100)} %`;

const estimate = (name, found) =>
  found === null ? [] : [`${name} ${figure(found.value)}${found.interval === null ? '' : ` [${figure(found.interval.low)}, ${figure(found.interval.high)}]`}`];

function votes(name, { counts, win_rate, interval, decisive, evidence, decided }) {
  if (Object.values(counts).every((count) => count === 0)) return [];
  if (win_rate === null) return [`${name}: ties only`];
  const verdict = decided === null ? 'not decided' : decided === 'derivative' ? 'decided for it' : 'decided for the first';
  return [`${name} ${figure(win_rate)} [${figure(interval.low)}, ${figure(interval.high)}] of ${decisive}, ${verdict} (evidence ${figure(evidence)})`];
}

/** What a run found, in lines: each model by itself, then each against the first. Intervals are of 95 %. */
export function figuresOf({ measures, pairs, people_votes }) {
  const sides = measures.map(({ model, pass_rate, latency_ms, tokens_per_second }) =>
    line(model, [...estimate('passed', pass_rate), ...estimate('time ms', latency_ms), ...estimate('tokens/s', tokens_per_second)]),
  );
  const against = pairs.map(({ model, flips, mcnemar, holm, same_answer, length_ratio, divergence, votes: judged }, at) =>
    line(`${model} against ${measures[0].model}`, [
      ...(flips.n === 0
        ? []
        : [
            `flips ${flips.count} of ${flips.n} (${percent(flips.share)}), ${mcnemar.b} : ${mcnemar.c}, McNemar p ${figure(mcnemar.p)}, Holm p ${figure(holm)}`,
          ]),
      ...estimate('same answer', same_answer),
      ...estimate('length ratio', length_ratio),
      ...estimate('KL ≥', divergence),
      ...(judged === null ? [] : votes('judge', judged)),
      ...votes('people', people_votes[at]),
    ]),
  );
  return [...sides, ...against];
}

const line = (name, facts) => `${name}: ${facts.join(' · ') || 'nothing is known'}`;
