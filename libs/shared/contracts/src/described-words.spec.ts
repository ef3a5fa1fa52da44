import { BLIND_CHOICES, VOTE_CHOICES } from './comparison';
import { PROTOCOLS } from './config-document';
import type { KlSummary } from './divergence';
import { FAULT_CODES } from './fault';
import type { FinishReason, RunPhase, Timings } from './frame';
import { HEALTH_CAUSES, type HealthState } from './health';
import type { CheckpointEvent, CheckpointFormat, CheckpointState, CheckpointType, ModelCard, ModelPlace, ModelRole, ModelSource } from './model';
import { type PairSide, type ParameterName, type ParityDifference, PROMPT_METHODS } from './parity';
import { CHECK_TYPES } from './prompt-set';
import type { ChatRole, ContentPart } from './requests';
import { RUN_ITEM_STATES, RUN_STATES, type RunVerdict } from './run';
import { SCORING_METHODS } from './score';
import { SERIES_KINDS } from './series';
import { described, nameOf } from './testing/api-description';

/** All words of a union: the compiler asks for each, and takes no other. */
function all<Word extends string>(words: Readonly<Record<Word, true>>): readonly string[] {
  return Object.keys(words);
}

/** What a schema, or a field of one, can say; null is no word. */
function wordsOf(path: string): unknown[] {
  return (described(path).enum ?? []).filter((word) => word !== null).sort();
}

describe('what clients read in the description of the API', () => {
  it.each<[string, readonly string[]]>([
    ['FaultCode', FAULT_CODES],
    ['ErrorToKeep.code', FAULT_CODES],
    ['HealthCause', HEALTH_CAUSES],
    ['VoteRequest.choice', VOTE_CHOICES],
    ['BlindVoteRequest.choice', BLIND_CHOICES],
    ['ConfigurationEntry.protocol', PROTOCOLS],
    ['AskedSide.method', PROMPT_METHODS],
    ['PromptCheck.type', CHECK_TYPES],
    ['RunCard.state', RUN_STATES],
    ['RunItem.state', RUN_ITEM_STATES],
    ['Score.method', SCORING_METHODS],
    ['KnownSeries.kind', SERIES_KINDS],
  ])('has every word of the list, and no other: %s', (path, words) => {
    expect(wordsOf(path)).toEqual([...words].sort());
  });

  it.each<[string, readonly string[]]>([
    ['EndFrame.finish_reason', all<FinishReason>({ stop: true, length: true, content_filter: true, tool_calls: true, cancelled: true, other: true })],
    ['KeptAnswer.finish_reason', all<FinishReason>({ stop: true, length: true, content_filter: true, tool_calls: true, cancelled: true, other: true })],
    ['PhaseFrame.phase', all<RunPhase>({ queued: true, converting: true, loading: true, prompt: true })],
    ['Timings.source', all<Timings['source']>({ server: true, measured: true })],
    ['HealthReport.status', all<HealthState>({ healthy: true, degraded: true, loading: true, unhealthy: true, unknown: true })],
    ['ModelTestBody.health', all<HealthState>({ healthy: true, degraded: true, loading: true, unhealthy: true, unknown: true })],
    ['ModelCard.role', all<ModelRole>({ baseline: true, twodelta: true, local: true })],
    ['ModelCard.source', all<ModelSource>({ env: true, s3: true, file: true, default: true, checkpoint: true })],
    ['ModelCard.place', all<ModelPlace>({ local: true, remote: true })],
    ['ModelCard.scoring', all<ModelCard['scoring']>({ prefill: true, echo: true, prompt_logprobs: true, teacher_forcing: true, none: true, unknown: true })],
    ['Checkpoint.type', all<CheckpointType>({ Pretrained: true, SFT: true, RL: true, Other: true })],
    ['Checkpoint.format', all<CheckpointFormat>({ gguf: true, pytorch: true, safetensors: true })],
    ['Checkpoint.status', all<CheckpointState>({ unloaded: true, converting: true, loading: true, loaded: true, unloading: true, failed: true })],
    ['KlSummary.kind', all<KlSummary['kind']>({ exact: true, lower_bound: true })],
    ['ChatMessage.role', all<ChatRole>({ system: true, user: true, assistant: true })],
    ['RunVerdict.winner', all<NonNullable<RunVerdict['winner']>>({ baseline: true, derivative: true, tie: true })],
    ['BlindSides.left', all<PairSide>({ baseline: true, derivative: true })],
    [
      'ParameterDifference.name',
      all<ParameterName>({ temperature: true, top_p: true, top_k: true, repetition_penalty: true, max_tokens: true, seed: true, stop: true }),
    ],
  ])('has every word that the compiler knows, and no other: %s', (path, words) => {
    expect(wordsOf(path)).toEqual([...words].sort());
  });

  it('tells the kinds of a difference apart by a word each', () => {
    const kinds = described('ParityDifference').oneOf?.map((each) => wordsOf(`${nameOf(each)}.kind`));
    const known = all<ParityDifference['kind']>({ prompt: true, tokens: true, prompt_unknown: true, parameter: true, cache: true, truncation: true });
    expect(kinds?.flat().sort()).toEqual([...known].sort());
    expect(kinds?.every((words) => words.length === 1)).toBe(true);
  });

  it('tells the events of the checkpoints apart by a word each', () => {
    const kinds = described('CheckpointEvent').oneOf?.flatMap((each) => wordsOf(`${nameOf(each)}.type`));
    expect(kinds?.sort()).toEqual([...all<CheckpointEvent['type']>({ status: true, list: true })].sort());
  });

  it('tells the parts of a message apart by a word each', () => {
    const parts = described('ChatMessage.content').oneOf?.[1]?.items?.oneOf ?? [];
    const kinds = parts.flatMap(({ properties }) => properties?.['type']?.enum ?? []);
    expect(kinds.sort()).toEqual([...all<ContentPart['type']>({ text: true, image_url: true })].sort());
  });
});
