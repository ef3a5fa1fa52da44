import { type Fault } from './fault';
import { scoringUnsupported } from './request-faults';
import { type Told } from './told';

// What is told of model servers, in parts. The API's description shows the same. `server`: its host and port.

export const nothingListens = (server: string): Told => ({ what: `Nothing listens at ${server}`, hint: 'start the model server, or correct the endpoint' });

export const slowToBegin = (server: string): Told => ({
  server,
  what: 'accepted the request but did not begin to answer in time',
  hint: 'it may be overloaded',
});

export const fellSilent = (server: string, seconds: number): Told => ({
  server,
  what: `fell silent for ${seconds} s in its answer`,
  hint: 'it may be overloaded or stuck',
});

export const wantsKey = (server: string, status: number): Told => ({
  server,
  what: `wants a key (HTTP ${status})`,
  hint: "set API_KEY, or name a variable in the model's api_key_env",
});

/** @param target protocol and host; null where it names none */
export const redirects = (server: string, status: number, target: string | null = null): Told => ({
  server,
  what: `redirects${target === null ? '' : ` to ${target}`} (HTTP ${status}), which Tandem does not follow`,
  hint: 'put the final address into the configuration',
});

export const hasTooManyRequests = (server: string, seconds: number): Told => ({ server, what: 'has too many requests', hint: `try again in ${seconds} s` });

export const didNotAccept = (server: string, status: number): Told => ({
  server,
  what: `did not accept the request (HTTP ${status})`,
  hint: 'check model, parameters and protocol',
});

export const tooLargeEvent = (server: string): Told => ({ what: `An event of the model server at ${server} is larger than Tandem takes` });

export const isLeftToRest = (server: string): Told => ({
  server,
  what: 'failed again and again, so Tandem lets it rest',
  hint: 'look into its log, then try again',
});

export const brokeOff = (server: string): Told => ({
  server,
  what: 'ended its answer before it said that it was complete',
  hint: 'what came is kept, try again',
});

/** @param does as a sentence goes on from the server's name */
export const unableToScore = (server: string, does: string): Fault => scoringUnsupported(`The model server at ${server} ${does}.`);

export const silentOnPrompts = (server: string): Fault => unableToScore(server, 'does not tell how likely each token of a prompt is');

/** Of a model whose server could not be found able. */
export const notFoundAbleToScore = (model: string, param: string): Fault =>
  scoringUnsupported(`${model} runs elsewhere, and its server has not been found able to tell how likely a text is.`, param);
