import type { KeptAnswer } from './comparison';
import type { Divergence, DivergenceSpan, KlSummary } from './divergence';
import type { FrameError } from './fault';
import type { EndFrame, PhaseFrame, Timings, TokenFrame, ToolCallFrame, ToolCallPiece, Usage } from './frame';
import type { HealthReport, ModelIdentity } from './health';
import type { ModelStatus, Price } from './model';
import type { PromptSetCard } from './prompt-set';
import type { JudgeVotes, PeopleVotes, RunCounts, RunEstimate, RunFindings, SideMeasures } from './run';
import type { Score, ScoredAlternative, ScoredToken, ScoreSummary } from './score';
import type { KnownSeries, SeriesPoint } from './series';
import type { SessionBody } from './session';
import { type Described, described } from './testing/api-description';

/** Whether a field is there: `sometimes` it is left out, `or null` it stands there without a value. */
type Presence = 'always' | 'or null' | 'sometimes';

/** Of every field: the compiler knows each, and asks for it. */
type Fields<Shape> = {
  readonly [Field in keyof Shape]-?: Partial<Pick<Shape, Field>> extends Pick<Shape, Field> ? 'sometimes' : null extends Shape[Field] ? 'or null' : 'always';
};

const fields = <Shape>(all: Fields<Shape>): Readonly<Record<string, Presence>> => all;

function canBeNull({ type = '', enum: words = [], anyOf = [], oneOf = [] }: Described): boolean {
  return [type].flat().includes('null') || words.includes(null) || [...anyOf, ...oneOf].some(canBeNull);
}

/** As a client sees it that was made from the description. */
function describedFields(name: string): Readonly<Record<string, Presence>> {
  const { properties = {}, required = [] } = described(name);
  return Object.fromEntries(
    Object.entries(properties).map(([field, schema]) => [field, !required.includes(field) ? 'sometimes' : canBeNull(schema) ? 'or null' : 'always']),
  );
}

describe('a shape of the API', () => {
  it.each<[string, Readonly<Record<string, Presence>>]>([
    ['TokenFrame', fields<TokenFrame>({ token: 'always', done: 'always', reasoning: 'sometimes' })],
    ['PhaseFrame', fields<PhaseFrame>({ token: 'always', done: 'always', phase: 'always', progress: 'sometimes', position: 'sometimes' })],
    ['ToolCallFrame', fields<ToolCallFrame>({ token: 'always', done: 'always', tool_call: 'always' })],
    ['ToolCallPiece', fields<ToolCallPiece>({ index: 'always', id: 'sometimes', name: 'sometimes', arguments: 'always' })],
    [
      'EndFrame',
      fields<EndFrame>({
        token: 'always',
        done: 'always',
        finish_reason: 'sometimes',
        error: 'sometimes',
        usage: 'sometimes',
        timings: 'always',
        seed: 'always',
        ignored_parameters: 'sometimes',
      }),
    ],
    ['FrameError', fields<FrameError>({ code: 'always', message: 'always', retryable: 'always' })],
    ['Usage', fields<Usage>({ prompt_tokens: 'always', completion_tokens: 'always', total_tokens: 'always' })],
    ['ScoredAlternative', fields<ScoredAlternative>({ text: 'always', logprob: 'always' })],
    ['Price', fields<Price>({ input: 'always', output: 'always', currency: 'always', unit: 'always' })],
    ['RunCounts', fields<RunCounts>({ total: 'always', queued: 'always', done: 'always', failed: 'always' })],
    ['RunEstimate', fields<RunEstimate>({ value: 'always', interval: 'or null', n: 'always' })],
    ['SessionBody', fields<SessionBody>({ status: 'always', required: 'always', signed_in: 'always' })],
    ['PromptSetCard', fields<PromptSetCard>({ id: 'always', name: 'always', count: 'always', created_at: 'or null', is_shipped: 'always' })],
    ['KnownSeries', fields<KnownSeries>({ name: 'always', kind: 'always', baseline: 'always', places: 'always', adapter: 'or null' })],
    [
      'Timings',
      fields<Timings>({ queue_ms: 'always', load_ms: 'always', ttft_ms: 'or null', total_ms: 'always', tokens_per_second: 'or null', source: 'always' }),
    ],
    [
      'HealthReport',
      fields<HealthReport>({
        status: 'always',
        healthy: 'always',
        model: 'always',
        endpoint: 'always',
        latency_ms: 'or null',
        checked_at: 'or null',
        cause: 'or null',
        last_answer_at: 'or null',
        detail: 'always',
        hint: 'always',
        identity: 'or null',
      }),
    ],
    ['ModelIdentity', fields<ModelIdentity>({ model: 'always', server: 'or null', version: 'or null', context_length: 'or null', base: 'or null' })],
    [
      'ModelStatus',
      fields<ModelStatus>({
        name: 'always',
        status: 'always',
        loaded: 'always',
        progress: 'always',
        error: 'or null',
        memory_mb: 'or null',
        active_generations: 'always',
        last_used: 'or null',
      }),
    ],
    ['ScoredToken', fields<ScoredToken>({ text: 'always', bytes: 'always', logprob: 'or null', rank: 'or null', top: 'always' })],
    [
      'ScoreSummary',
      fields<ScoreSummary>({
        tokens: 'always',
        bytes: 'always',
        characters: 'always',
        log_likelihood: 'always',
        perplexity: 'or null',
        bits_per_byte: 'or null',
      }),
    ],
    ['Score', fields<Score>({ model: 'always', method: 'always', exact: 'always', vocabulary: 'or null', tokens: 'always', summary: 'always' })],
    ['KlSummary', fields<KlSummary>({ mean: 'always', median: 'always', p99: 'always', max: 'always', kind: 'always', covered_mass: 'always' })],
    ['DivergenceSpan', fields<DivergenceSpan>({ bytes: 'always', baseline: 'or null', derivative: 'or null', kl: 'or null', same_top: 'or null' })],
    [
      'Divergence',
      fields<Divergence>({
        scores: 'always',
        kl: 'or null',
        same_top: 'or null',
        rms_delta_p: 'or null',
        bits_per_byte: 'always',
        spans: 'always',
        comparable: 'always',
        why_not: 'or null',
        first_divergence: 'or null',
      }),
    ],
    [
      'SeriesPoint',
      fields<SeriesPoint>({
        model: 'always',
        adapter_scale: 'or null',
        kl: 'or null',
        kl_standard_error: 'or null',
        same_top: 'or null',
        rms_delta_p: 'or null',
        bits_per_byte: 'always',
        comparable: 'always',
        why_not: 'or null',
      }),
    ],
    [
      'KeptAnswer',
      fields<KeptAnswer>({
        model: 'always',
        identity: 'or null',
        text: 'always',
        thoughts: 'or null',
        finish_reason: 'or null',
        error: 'or null',
        usage: 'or null',
        timings: 'or null',
        seed: 'or null',
        ignored_parameters: 'always',
      }),
    ],
    [
      'RunFindings',
      fields<RunFindings>({
        measures: 'always',
        pairs: 'always',
        flips: 'always',
        mcnemar: 'always',
        votes: 'or null',
        holm: 'always',
        people_votes: 'always',
      }),
    ],
    [
      'PeopleVotes',
      fields<PeopleVotes>({
        model: 'always',
        counts: 'always',
        decisive: 'always',
        win_rate: 'or null',
        interval: 'always',
        evidence: 'always',
        decided: 'or null',
        needed_more: 'or null',
      }),
    ],
    [
      'SideMeasures',
      fields<SideMeasures>({
        model: 'always',
        pass_rate: 'or null',
        latency_ms: 'or null',
        ttft_ms: 'or null',
        tokens_per_second: 'or null',
        characters: 'or null',
      }),
    ],
    [
      'JudgeVotes',
      fields<JudgeVotes>({ counts: 'always', decisive: 'always', win_rate: 'or null', interval: 'always', evidence: 'always', decided: 'or null' }),
    ],
  ])('has the fields that are described, each left out or null only where that is: %s', (name, known) => {
    expect(describedFields(name)).toEqual(known);
  });
});
