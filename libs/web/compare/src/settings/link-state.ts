import { isInRange, type NumericParameter, PARAMETER_RANGES, type SamplingParameters, STREAM_PARAMETERS } from '@tandem/shared/contracts';
import { SIDES } from '../side/sides';
import { type AskSettings } from './settings';

/** What a link to a comparison carries. Lists go from the left side to the right one. */
export interface LinkState {
  readonly models: readonly (string | null)[];
  readonly prompt: string;
  readonly settings: readonly AskSettings[];
  /** Whether nothing but the models is to differ. */
  readonly isParity?: true;
}

const NUMBERS = Object.keys(PARAMETER_RANGES) as NumericParameter[];

/** Longest prompt that a link carries, in encoded characters: servers refuse longer addresses. */
const LONGEST_PROMPT = 6_000;

/** A value that is no number or out of range is left at its default: a link is input like any other. */
export function readLink(query: string): LinkState {
  const params = new URLSearchParams(query);
  const common = { parameters: { ...STREAM_PARAMETERS, ...readNumbers(params, '') }, system: params.get('system') ?? '' };
  return {
    models: SIDES.map(({ role }) => params.get(role) || null),
    prompt: params.get('prompt') ?? '',
    settings: SIDES.map(({ role }) => ({
      parameters: { ...common.parameters, ...readNumbers(params, `${role}.`) },
      system: params.get(`${role}.system`) ?? common.system,
    })),
    ...(params.get('parity') === '1' ? { isParity: true } : {}),
  };
}

/** The query of an address that leads back here, with its question mark. What a side has for itself stands under its name. */
export function writeLink({ models, prompt, settings, isParity }: LinkState): string {
  const params = new URLSearchParams();
  for (const [at, { role }] of SIDES.entries()) if (models[at]) params.set(role, models[at]);
  const [common, ...others] = settings;
  if (common) writeSettings(params, '', common);
  for (const [at, own] of others.entries()) if (common) writeSettings(params, `${SIDES[at + 1]?.role}.`, own, common);
  if (isParity) params.set('parity', '1');
  setText(params, 'prompt', prompt);
  return `?${params.toString().replaceAll('%2F', '/')}`;
}

function readNumbers(params: URLSearchParams, before: string): Partial<SamplingParameters> {
  const numbers = NUMBERS.flatMap((name): (readonly [NumericParameter, number | null])[] => {
    const text = params.get(before + name)?.trim();
    if (text === NO_SEED && name === 'seed') return [[name, null]];
    const value = text ? Number(text) : undefined;
    return isInRange(value, PARAMETER_RANGES[name]) ? [[name, value]] : [];
  });
  return Object.fromEntries(numbers);
}

/** A side without a seed, beside one that has one. */
const NO_SEED = 'random';

function writeSettings(params: URLSearchParams, before: string, { parameters, system }: AskSettings, common?: AskSettings): void {
  for (const name of NUMBERS) {
    const value = parameters[name];
    if (common && common.parameters[name] === value) continue;
    if (value !== null) params.set(before + name, String(value));
    else if (common) params.set(before + name, NO_SEED);
  }
  if (!common) setText(params, 'system', system);
  else if (common.system !== system && isShort(system)) params.set(`${before}system`, system);
}

function setText(params: URLSearchParams, name: string, text: string): void {
  if (text.trim() !== '' && isShort(text)) params.set(name, text);
}

function isShort(text: string): boolean {
  return encodeURIComponent(text).length <= LONGEST_PROMPT;
}
