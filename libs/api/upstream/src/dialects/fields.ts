import type { SamplingParameters } from '@tandem/shared/contracts';

/** What each sampling parameter is called in a body. Those of several names are without effect when all are left out. */
export type ParameterFields = Readonly<Record<keyof SamplingParameters, readonly string[]>>;

/** In the order in which those that are ignored are told. */
const PARAMETERS = ['temperature', 'top_p', 'top_k', 'repetition_penalty', 'seed', 'stop', 'max_tokens'] as const;

/** A body, or a part of it, without some of its fields. */
export function without(fields: Readonly<Record<string, unknown>>, omitted: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !omitted.has(name)));
}

/** The parameters that have no effect without these fields. */
export function ignoredParameters(fields: ParameterFields, omitted: ReadonlySet<string>): readonly (keyof SamplingParameters)[] {
  return PARAMETERS.filter((parameter) => fields[parameter].every((field) => omitted.has(field)));
}
