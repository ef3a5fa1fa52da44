import type { ErrorBody, StreamFrame } from '@tandem/shared/contracts';

export async function framesOf(response: Response): Promise<StreamFrame[]> {
  return [...(await response.text()).matchAll(/^data: ([^\n]*)$/gm)].map(([, json]) => JSON.parse(json ?? '') as StreamFrame);
}

export const errorOf = async (response: Response): Promise<ErrorBody['error']> => ((await response.json()) as ErrorBody).error;

export const textOf = (frames: readonly StreamFrame[]): string => frames.map(({ token }) => token).join('');
