import { type Fault, unableToScore } from '@tandem/api/faults';

export const silentOnBytes = (host: string): Fault => unableToScore(host, 'does not tell which bytes its tokens of this text have');
export const silentOnTokens = (host: string): Fault => unableToScore(host, 'does not tell the tokens of a prompt at /tokenize');
