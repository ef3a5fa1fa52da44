import {
  type ComparisonContent,
  type FaultCode,
  type FrameError,
  type KeptAnswer,
  type ModelIdentity,
  type SamplingParameters,
} from '@tandem/shared/contracts';
import { type RunFault } from '@tandem/web/data-access';
import { type AnswerState, textWithCalls } from '@tandem/web/run';
import { type AskSettings, PLAIN_SETTINGS } from '../settings/settings';
import { type SideId } from '../side/sides';
import { type SideAnswer, type TurnView } from '../turn/turn-view';

/** A comparison of the page, with what is known around it. */
export interface ToBeKept {
  readonly title: string;
  readonly turns: readonly TurnView[];
  /** Models from left to right, for a side that was never asked. */
  readonly models: readonly string[];
  readonly isCrossed: boolean;
  readonly configVersion: string | null;
  /** What a model's server says that it is. */
  readonly identityOf: (model: string) => ModelIdentity | null;
}

interface Kept extends Readonly<Record<string, unknown>> {
  readonly system?: string;
}

/** Who answered last, from left to right; for a side that was never asked, the model that stands there. */
export function pairOf(turns: readonly TurnView[], models: readonly string[]): readonly [string, string] {
  return [lastOf(turns, 'baseline', models[0] ?? '').model, lastOf(turns, 'derivative', models[1] ?? '').model];
}

/** What is sent to the server. The baseline is who is so configured, wherever it stands on the page. */
export function contentOf({ title, turns, models, isCrossed, configVersion, identityOf }: ToBeKept): ComparisonContent {
  const [left, right] = (['baseline', 'derivative'] as const).map((side, at) => lastOf(turns, side, models[at] ?? ''));
  const [baseline, derivative] = isCrossed ? [right, left] : [left, right];
  const isOneSystem = baseline?.settings.system.trim() === derivative?.settings.system.trim();
  const answerOf = ({ answers }: TurnView, isBaseline: boolean): KeptAnswer => {
    const side = isBaseline === isCrossed ? 'derivative' : 'baseline';
    const asked = answers.find((each) => each.side === side);
    return asked ? keptAnswer(asked, identityOf(asked.model)) : notAsked((isBaseline ? baseline : derivative)?.model ?? '');
  };
  return {
    title,
    note: '',
    baseline: baseline?.model ?? '',
    derivative: derivative?.model ?? '',
    system: isOneSystem ? systemOf(baseline?.settings) : null,
    parameters: { baseline: valuesOf(baseline?.settings, !isOneSystem), derivative: valuesOf(derivative?.settings, !isOneSystem) },
    config_version: configVersion,
    turns: turns.map((turn) => ({ prompt: turn.prompt, baseline: answerOf(turn, true), derivative: answerOf(turn, false) })),
  };
}

function lastOf(turns: readonly TurnView[], side: SideId, model: string): Pick<SideAnswer, 'model' | 'settings'> {
  const asked = turns.flatMap(({ answers }) => answers).findLast((each) => each.side === side);
  return asked ?? { model, settings: PLAIN_SETTINGS };
}

function systemOf(settings: AskSettings | undefined): string | null {
  return settings === undefined || settings.system.trim() === '' ? null : settings.system;
}

/** A system prompt that only one side had stands with its values. */
function valuesOf(settings: AskSettings | undefined, withSystem: boolean): Kept {
  const values: Partial<SamplingParameters> = settings?.parameters ?? {};
  const system = systemOf(settings);
  return { ...values, ...(withSystem && system !== null ? { system } : {}) };
}

function keptAnswer({ model, answer }: SideAnswer, identity: ModelIdentity | null): KeptAnswer {
  return {
    model,
    identity: identity && { ...identity },
    text: textWithCalls(answer),
    thoughts: answer.thoughts === '' ? null : answer.thoughts,
    finish_reason: answer.state.kind === 'done' ? (answer.state.reason ?? 'stop') : answer.state.kind === 'stopped' ? 'cancelled' : null,
    error: errorOf(answer.state),
    usage: answer.usage ?? null,
    timings: answer.timings ?? null,
    seed: answer.seed ?? null,
    ignored_parameters: answer.ignored,
  };
}

/** Nothing ended it, and nothing came: so it is read again as a side that was not asked. */
function notAsked(model: string): KeptAnswer {
  return { model, identity: null, text: '', thoughts: null, finish_reason: null, error: null, usage: null, timings: null, seed: null, ignored_parameters: [] };
}

function errorOf(state: AnswerState): FrameError | null {
  if (state.kind === 'failed') return { ...state.fault, code: codeOf(state.fault) };
  if (state.kind === 'interrupted') return { code: 'upstream_incomplete', message: 'The page was left before the answer had ended.', retryable: true };
  return null;
}

/** What the browser found on the way to the server is none of the server's codes: the sentence says it. */
function codeOf({ code }: RunFault): FaultCode {
  switch (code) {
    case 'connection_lost':
      return 'upstream_incomplete';
    case 'server_unreachable':
    case 'unreadable_answer':
      return 'internal_error';
    default:
      return code;
  }
}
