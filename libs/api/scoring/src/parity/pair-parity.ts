import { Injectable } from '@nestjs/common';
import { TargetResolver } from '@tandem/api/catalogue';
import { type AskedPrompt, drawSeed, readDefaults, type Target } from '@tandem/api/completion';
import { type AskedSide, type ChatTurn, type Parity, type ParameterName, type SamplingParameters, STREAM_PARAMETERS } from '@tandem/shared/contracts';
import { inField } from '../in-field';
import { differencesOf } from './differences-of';
import type { ParityRequestDto } from './parity-request.dto';

type Asked = SamplingParameters & { readonly seed: number };

const UNTOLD: AskedPrompt = { method: 'none', prompt: null, tokens: null, unsent: [], reusesCache: null, truncates: null };

/** How both models of a pair would be asked the same, and what of that differs. Asks neither. All reject with a `Fault`. */
@Injectable()
export class PairParity {
  constructor(private readonly targets: TargetResolver) {}

  async compare({ baseline, derivative, messages, system, parameters }: ParityRequestDto, signal: AbortSignal): Promise<Parity> {
    const [ours, theirs] = [await this.targets.resolve(baseline, 'baseline'), await this.targets.resolve(derivative, 'derivative')];
    const turns = messages.map(({ role, content }): ChatTurn => ({ role, content }));
    const conversation: ChatTurn[] = system ? [{ role: 'system', content: system }, ...turns] : turns;
    const asked = allOf(parameters ?? {});
    const [first, second] = await Promise.all([
      inField('baseline', sideOf(ours, conversation, asked, signal)),
      inField('derivative', sideOf(theirs, conversation, asked, signal)),
    ]);
    const sides = { baseline: first, derivative: second };
    const differences = differencesOf(sides);
    return { ...sides, equal: differences.length === 0, differences, parameters: asked };
  }
}

/** Every value: those that were sent, and the ones of `/stream`. */
function allOf(sent: { readonly [name in ParameterName]?: SamplingParameters[name] | null | undefined }): Asked {
  const known = Object.entries(sent).filter(([, value]) => value !== undefined && value !== null);
  const merged: SamplingParameters = { ...STREAM_PARAMETERS, ...Object.fromEntries(known) };
  return { ...merged, seed: merged.seed ?? drawSeed() };
}

async function sideOf({ card, defaults, prompts }: Target, messages: readonly ChatTurn[], parameters: Asked, signal: AbortSignal): Promise<AskedSide> {
  const told = (await prompts?.ask({ messages, parameters, ...readDefaults(defaults).unsent }, signal)) ?? UNTOLD;
  const names = Object.keys(parameters) as ParameterName[];
  return {
    model: card.id,
    method: told.method,
    prompt: told.prompt,
    tokens: told.tokens,
    parameters: Object.fromEntries(names.map((name) => [name, told.unsent.includes(name) ? null : parameters[name]])) as AskedSide['parameters'],
    reuses_cache: told.reusesCache,
    truncates: told.truncates,
  };
}
