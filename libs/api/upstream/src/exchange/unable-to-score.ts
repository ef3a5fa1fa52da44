import { type Fault, scoringUnsupported } from '@tandem/api/faults';

/** @param does as a sentence goes on from the server's name */
export function unableToScore(host: string, does: string): Fault {
  return scoringUnsupported(`The model server at ${host} ${does}.`);
}

export const silentOnPrompts = (host: string): Fault => unableToScore(host, 'does not tell how likely each token of a prompt is');
export const silentOnBytes = (host: string): Fault => unableToScore(host, 'does not tell which bytes its tokens of this text have');
export const silentOnTokens = (host: string): Fault => unableToScore(host, 'does not tell the tokens of a prompt at /tokenize');
