import { Fault } from '@tandem/api/platform';
import type { Protocol } from '@tandem/shared/contracts';
import type { Dialect } from './dialect';
import { openaiChat } from './openai-chat';

const DIALECTS: Readonly<Partial<Record<Protocol, Dialect>>> = {
  auto: openaiChat,
  'openai-chat': openaiChat,
  'llama-server': openaiChat,
};

/** The dialect of a configured protocol. */
export function dialectOf(protocol: Protocol): Dialect {
  const dialect = DIALECTS[protocol];
  if (dialect !== undefined) return dialect;
  const known = Object.keys(DIALECTS).join(', ');
  throw new Fault(
    'upstream_bad_response',
    `The protocol "${protocol}" is not supported yet by this version of Tandem: use one of ${known}.`,
  );
}
