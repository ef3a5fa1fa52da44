import type { ParameterDefaults, SamplingParameters } from '@tandem/shared/contracts';
import type { CompletionRequest } from './completion-source';

/** A model's own sampling values, and apart from them those that are never sent. */
export function readDefaults(defaults: ParameterDefaults): { readonly own: Partial<SamplingParameters>; readonly unsent: Pick<CompletionRequest, 'unsent'> } {
  const names = Object.keys(defaults) as (keyof SamplingParameters)[];
  const unsent = names.filter((name) => defaults[name] === null);
  const own = Object.fromEntries(names.filter((name) => defaults[name] !== null).map((name) => [name, defaults[name]]));
  return { own, unsent: unsent.length === 0 ? {} : { unsent } };
}
