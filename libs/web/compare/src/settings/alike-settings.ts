import { type TurnView } from '../turn/turn-view';
import { type AskSettings } from './settings';

/** Drawn seeds stay below what model servers keep in 32 bits. */
const SEEDS = 2 ** 31;

/** What a side is asked with where nothing but the models is to differ: with the seed of the turn's other answer, else one that is drawn. */
export function alikeSettings(settings: AskSettings, turn: TurnView | undefined): AskSettings {
  const seed = settings.parameters.seed ?? seedOf(turn) ?? drawSeed();
  return { ...settings, parameters: { ...settings.parameters, seed }, isParity: true };
}

function seedOf(turn: TurnView | undefined): number | null {
  return turn?.answers.find(({ settings }) => settings.isParity)?.settings.parameters.seed ?? null;
}

function drawSeed(): number {
  return (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % SEEDS;
}
