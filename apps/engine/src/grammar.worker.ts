import { parentPort } from 'node:worker_threads';
import type { AnswerFormat, EngineFault, OfferedTools } from '@tandem/shared/engine-protocol';
import { engineFaultOf } from './engine-error';
import { type ArgumentRules, argumentRules } from './grammar/argument-rules';
import { grammarOf } from './grammar/grammar-of';

/** What an answer must obey. It travels as JSON: as a value it may be nested deeper than a thread can be sent. */
export interface AskedRules {
  readonly format?: AnswerFormat;
  readonly tools?: Pick<OfferedTools, 'definitions' | 'forced'>;
}

/** In llama.cpp's notation (GBNF): what the whole answer must be, or only the arguments of calls that it must make. */
export interface BuiltRules {
  readonly grammar?: string;
  readonly argumentRules?: ArgumentRules;
}

/** `obstacle`: why there was no answer at all. */
export type RulesReply = BuiltRules | { readonly fault: EngineFault } | { readonly obstacle: string };

function build({ format, tools }: AskedRules): RulesReply {
  try {
    return {
      ...(format === undefined ? {} : { grammar: grammarOf(format) }),
      ...(tools?.forced === undefined ? {} : { argumentRules: argumentRules(tools.definitions, tools.forced) }),
    };
  } catch (thrown) {
    return { fault: engineFaultOf(thrown) };
  }
}

parentPort?.on('message', (asked: string) => parentPort?.postMessage(build(JSON.parse(asked) as AskedRules)));
parentPort?.postMessage('ready');
