import { isInRange, PARAMETER_RANGES, type SamplingParameters } from '@tandem/shared/contracts';
import { type ConversationRecord } from '../archive/records';

/** A system prompt and parameters under a name. */
export interface Preset {
  readonly id: string;
  readonly name: string;
  readonly system: string;
  readonly parameters: SamplingParameters;
}

export type Setting = Pick<ConversationRecord, 'system' | 'parameters'>;

export function isPreset(value: unknown): value is Preset {
  const preset = value as Partial<Preset> | null;
  const isNamed = typeof preset?.id === 'string' && typeof preset.name === 'string' && typeof preset.system === 'string';
  return isNamed && isSound(preset.parameters);
}

/** Whether a conversation is asked as the preset says. */
export function isAsSet(preset: Preset, { system, parameters }: Setting): boolean {
  const isSame = (Object.keys(PARAMETER_RANGES) as (keyof typeof PARAMETER_RANGES)[]).every((name) => preset.parameters[name] === parameters[name]);
  return isSame && preset.system.trim() === system.trim() && preset.parameters.stop.join('\0') === parameters.stop.join('\0');
}

function isSound(parameters: SamplingParameters | undefined): boolean {
  if (!parameters || !Array.isArray(parameters.stop)) return false;
  return Object.entries(PARAMETER_RANGES).every(([name, range]) => {
    const value = parameters[name as keyof typeof PARAMETER_RANGES];
    return isInRange(value, range) || (name === 'seed' && value === null);
  });
}
