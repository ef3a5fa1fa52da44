import { sayTooLong } from '@tandem/shared/contracts';
import { Fault } from './fault';

// What is said of local models, whoever finds it out. The API's description shows the same.

const MB = 1024 * 1024;
const DISK_RETRY_SECONDS = 60;
const QUEUE_RETRY_SECONDS = 5;

export const promptTooLong = (promptTokens: number, contextLength: number): Fault =>
  new Fault('context_length_exceeded', sayTooLong('prompt', promptTokens, contextLength));

export const stillAnswering = (name: string, requests: number): Fault =>
  new Fault('conflict', `${name} is answering ${requests} request(s). Wait, or unload it with force.`);

export const unloadedMeanwhile = (name: string): Fault =>
  new Fault('model_unloaded', `${name} was unloaded while it was needed. Send the request again.`, { retryable: true });

/** @param reason how it ended, in half a sentence */
export const engineGone = (reason: string): Fault =>
  new Fault('local_model_crashed', `The process that runs local models is gone: ${reason}. It restarts by itself; try again.`, { retryable: true });

/** @param taken as many as it takes */
export const modelQueueFull = (taken: number): Fault =>
  new Fault('queue_full', `This model has ${taken} requests to answer already, and no room for more. Try again in a few seconds.`, {
    retryable: true,
    retryAfterSeconds: QUEUE_RETRY_SECONDS,
  });

export function diskFull(name: string, neededBytes: number, freeBytes: number): Fault {
  const message = `Converting ${name} takes ${Math.ceil(neededBytes / MB)} MB of disk, and ${Math.floor(freeBytes / MB)} MB can be had. Make room, or set CONVERTED_DIR to a folder on another disk.`;
  return new Fault('disk_full', message, { retryable: true, retryAfterSeconds: DISK_RETRY_SECONDS });
}
