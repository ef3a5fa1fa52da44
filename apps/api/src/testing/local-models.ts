import { setTimeout as delay } from 'node:timers/promises';
import type { Checkpoint, CheckpointListBody, ErrorBody, ModelStatus, StreamFrame } from '@tandem/shared/contracts';
import { PATIENCE_MS } from '@tandem/testing';

/** What a client does with the local models of a server. */
export function localModelsOf(origin: () => string) {
  const get = async <Body>(path: string): Promise<Body> => (await (await fetch(origin() + path)).json()) as Body;
  const at = (name: string): string => `/api/models/${encodeURIComponent(name)}`;

  return {
    list: async (): Promise<Readonly<Record<string, Checkpoint>>> => (await get<CheckpointListBody>('/api/checkpoints')).models,

    /** Once it is listed, and what it is has been found out. */
    known: (name: string, isAsWanted: (checkpoint: Checkpoint) => boolean = () => true): Promise<Checkpoint> =>
      found(async () => {
        const checkpoint = (await get<CheckpointListBody>('/api/checkpoints')).models[name];
        const isKnown = checkpoint !== undefined && (checkpoint.architecture !== null || !checkpoint.loadable);
        return isKnown && isAsWanted(checkpoint) ? checkpoint : undefined;
      }),

    status: (name: string) => get<ModelStatus>(`${at(name)}/status`),

    /** Every status it had on its way to that one. */
    reach: async (name: string, status: ModelStatus['status']): Promise<ModelStatus[]> => {
      const seen: ModelStatus[] = [];
      await found(async () => {
        const now = await get<ModelStatus>(`${at(name)}/status`);
        if (now.status !== seen.at(-1)?.status || now.progress !== seen.at(-1)?.progress) seen.push(now);
        return now.status === status || undefined;
      });
      return seen;
    },

    act: async (method: 'POST' | 'DELETE', name: string, action: string): Promise<{ status: number; error: ErrorBody['error'] | undefined }> => {
      const response = await fetch(`${origin()}${at(name)}/${action}`, { method });
      return { status: response.status, error: ((await response.json()) as Partial<ErrorBody>).error };
    },

    generate: async (model: string, message: string, changes: object = {}, signal?: AbortSignal): Promise<StreamFrame[]> => {
      const body = JSON.stringify({ model, message, history: [], do_sample: false, repetition_penalty: 1, max_new_tokens: 24, ...changes });
      const response = await fetch(`${origin()}/api/generate`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
        ...(signal ? { signal } : {}),
      });
      return [...(await response.text()).matchAll(/^data: ([^\n]*)$/gm)].map(([, json]) => JSON.parse(json ?? '') as StreamFrame);
    },
  };
}

export function textOf(frames: readonly StreamFrame[]): string {
  return frames.map(({ token }) => token).join('');
}

/** What comes to be there while tests wait for it. */
async function found<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (const deadline = performance.now() + PATIENCE_MS; performance.now() < deadline; await delay(10)) {
    const value = await look();
    if (value !== undefined) return value;
  }
  throw new Error(`It did not come to be within ${PATIENCE_MS} ms.`);
}
