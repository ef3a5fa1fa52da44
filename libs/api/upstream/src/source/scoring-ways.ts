import type { RemoteEndpoint } from '../connection/remote-endpoint';
import { ForcedText } from '../exchange/forced-text';
import { InputLikelihoods } from '../exchange/input-likelihoods';
import { PrefillLikelihoods } from '../exchange/prefill-likelihoods';
import { PromptLikelihoods } from '../exchange/prompt-likelihoods';
import type { SideRoutes } from '../exchange/side-routes';
import type { ModelName } from '../server/model-name';
import { llamaServer } from '../dialects/llama-server';
import { ollama } from '../dialects/ollama';
import { openaiChat } from '../dialects/openai-chat';
import { openaiCompletions } from '../dialects/openai-completions';
import { tgi } from '../dialects/tgi';
import type { ServerKind } from '../server/server-kind';
import type { ScoringWay } from './remote-scoring';

/** The ways that a kind of server may be able to, the best first; where there are none, why. */
export type ScoringWays = { readonly ways: readonly ScoringWay[] } | { readonly whyNone: string };

const OPENAI = 'api.openai.com';
const OF_ANSWERS_ALONE = 'tells how likely its own answers are, and nothing of a text that is there already';

/** Has work wait for its place in the model's queue, and hold it. */
export type TakeTurn = <Result>(work: () => Promise<Result>, signal: AbortSignal) => Promise<Result>;

/** What the ways need. */
export interface ScoringParts {
  readonly echo: ScoringWay['read'];
  readonly routes: SideRoutes;
  readonly modelName: ModelName;
  readonly takeTurn: TakeTurn;
}

/** Which ways are worth a try at a server. One that does not say who it is may stand before any other. */
export async function scoringWaysOf({ url }: Pick<RemoteEndpoint, 'url'>, kind: ServerKind, parts: ScoringParts): Promise<ScoringWays> {
  const { dialect } = await kind.get();
  const { prompt, echo, input, guessedInput, prefill, forced } = allWays(parts);
  if (dialect === tgi) return { ways: [prefill] };
  if (dialect === llamaServer) return { ways: [echo, forced] };
  if (dialect === ollama) return { whyNone: `is an Ollama, which ${OF_ANSWERS_ALONE}` };
  if (dialect !== openaiChat && dialect !== openaiCompletions) return { whyNone: 'takes prompts and answers with text alone' };
  if (url.hostname === OPENAI) return { whyNone: OF_ANSWERS_ALONE };
  switch (await kind.name()) {
    case 'vLLM':
      return { ways: [prompt, echo] };
    case 'SGLang':
      return { ways: [input, echo] };
    default:
      return { ways: [prompt, echo, guessedInput, forced] };
  }
}

function allWays({ echo, routes, modelName, takeTurn }: ScoringParts) {
  const inTurn =
    (reader: { read: ScoringWay['read'] }): ScoringWay['read'] =>
    (request, onProgress, signal) =>
      takeTurn(() => reader.read(request, onProgress, signal), signal);
  const inOneReading = { method: 'prompt_logprobs', isExact: true } as const;
  return {
    echo: { method: 'echo', isExact: true, isOfTextsAlone: true, read: echo },
    prompt: { ...inOneReading, read: inTurn(new PromptLikelihoods(routes, modelName)) },
    input: { ...inOneReading, read: inTurn(new InputLikelihoods(routes, modelName, true)) },
    guessedInput: { ...inOneReading, read: inTurn(new InputLikelihoods(routes, modelName, false)) },
    // it computes them in the 16 bits of its weights
    prefill: { ...inOneReading, isExact: false, read: inTurn(new PrefillLikelihoods(routes)) },
    forced: { method: 'teacher_forcing', isExact: true, read: inTurn(new ForcedText(routes)) },
  } satisfies Record<string, ScoringWay>;
}
