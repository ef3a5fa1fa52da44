import { startPython } from './start-python';

export interface ScoringServerOptions {
  /** In whose words it tells how likely a prompt is. */
  readonly shape: 'vllm' | 'sglang' | 'tgi';
  /** What is wrong with its answers. Default nothing. */
  readonly fault?: 'generates' | 'fewer' | 'more' | 'null' | 'nan' | 'infinite' | 'clamped' | 'positive' | 'words' | 'huge' | 'others' | 'replaced';
  /** What it has not, that others of its kind have. Default nothing. */
  readonly lacks?: readonly ('spellings' | 'ids' | 'tokenize' | 'messages' | 'detokenize' | 'owner' | 'bos')[];
}

/** A request that it was sent. */
export interface ScoringServerRequest {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ScoringServer {
  readonly url: URL;
  /** What it was sent so far, by POST. */
  asked(): Promise<readonly ScoringServerRequest[]>;
  close(): Promise<void>;
}

/**
 * Starts a FastAPI server that tells how likely a prompt is as vLLM, SGLang or TGI do: its tokens are words, and what is not ASCII is cut
 * within its characters. Owns its process.
 */
export async function startScoringServer({ shape, fault, lacks = [] }: ScoringServerOptions): Promise<ScoringServer> {
  const { port, close } = await startPython('scoring.py', ['--shape', shape, '--fault', fault ?? '', '--lacks', lacks.join(',')]);
  const url = new URL(`http://127.0.0.1:${port}/`);
  return { url, close, asked: async () => (await (await fetch(new URL('/asked', url))).json()) as readonly ScoringServerRequest[] };
}
