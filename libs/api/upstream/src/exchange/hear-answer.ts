import type { Deadlines } from '../connection/deadlines';
import { readDocument } from '../connection/read-document';
import type { UpstreamResponse } from '../connection/upstream-client';
import type { Dialect, Framing } from '../dialects/dialect';
import { framingOf } from '../dialects/framing-of';
import { badResponse } from '../server/server-fault';
import type { Answer } from './answer';
import { receiveAnswer } from './receive-answer';

const MAX_WHOLE_ANSWER_BYTES = 8 * 1024 * 1024;

/**
 * Reads a response into an answer, as a stream or as one document, whichever it is. Resolves with how it was cut.
 * @throws Fault where it is neither, or the exchange broke
 */
export async function hearAnswer(response: UpstreamResponse, dialect: Dialect, answer: Answer, host: string, deadlines: Deadlines): Promise<Framing | 'whole'> {
  const type = response.header('content-type').toLowerCase();
  const framing = framingOf(type, dialect);
  const encoding = response.header('content-encoding').toLowerCase();
  const discard = (what: string) => {
    response.body.on('error', () => undefined).destroy();
    throw badResponse(host, what);
  };
  if (encoding !== '' && encoding !== 'identity') discard('compressed its answer although it was asked not to');
  if (type.includes('html')) discard('answered with a web page, not with a completion: a login or proxy page may stand in front of it');
  if (framing === 'whole') {
    const text = await readDocument(response, host, { bytes: MAX_WHOLE_ANSWER_BYTES, ms: deadlines.silenceMs });
    for (const piece of dialect.readWhole(text)) answer.take(piece);
    return framing;
  }
  const isDelimited = `${response.header('transfer-encoding')}${response.header('content-length')}` !== '';
  await receiveAnswer({ body: response.body, framing, isDelimited }, dialect, answer, host, deadlines);
  return framing;
}
