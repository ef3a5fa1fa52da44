import type { TargetResolver } from '@tandem/api/catalogue';
import type { CompletionRequest, CompletionSink, Target } from '@tandem/api/completion';
import { Fault } from '@tandem/api/faults';

export interface AskedOfModel {
  readonly model: string;
  readonly prompt: string;
  readonly system: string | undefined;
  readonly seed: number;
}

/** Gives an answer; what it throws is how the model fails. */
export type Script = (asked: AskedOfModel, sink: CompletionSink, signal: AbortSignal) => Promise<string> | string;

/** Models that answer by a script, in place of servers and checkpoints; `asked` is what they were asked, in order. */
export function scriptedModels(scripts: Readonly<Record<string, Script>>) {
  const asked: AskedOfModel[] = [];
  const targetOf = (id: string, script: Script): Target => ({
    card: { id, place: 'remote' } as Target['card'],
    defaults: {},
    source: {
      complete: async ({ messages, parameters }: CompletionRequest, sink, signal) => {
        const said = (role: string): string | undefined => messages.findLast((message) => message.role === role)?.content as string | undefined;
        const question: AskedOfModel = { model: id, prompt: said('user') ?? '', system: said('system'), seed: parameters.seed };
        asked.push(question);
        const text = await script(question, sink, signal);
        if (signal.aborted) return { finishReason: 'cancelled' };
        if (text !== '') sink.text(text);
        return { finishReason: 'stop' };
      },
    },
  });
  const resolve = async (model: string, param?: string): Promise<Target> => {
    const script = scripts[model];
    if (script === undefined) throw new Fault('model_not_found', `No model is called ${model}.`, param === undefined ? {} : { param });
    return targetOf(model, script);
  };
  return { asked, resolver: { resolve } as unknown as TargetResolver };
}
