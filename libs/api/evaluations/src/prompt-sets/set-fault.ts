import { Fault, type FilePlace } from '@tandem/api/faults';
import { PROMPT_SET_LIMITS } from '@tandem/shared/contracts';

/** What is wrong with a file of prompts. @param what without a full stop */
export function setFault(what: string, place: FilePlace): Fault {
  const { line, field } = place;
  const where = [line === undefined ? [] : `line ${line}`, field ?? []].flat().join(', ');
  const sentence = where === '' ? what : `${where}: ${what}`;
  return new Fault('invalid_request', `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.`, {
    ...(field === undefined ? {} : { param: field }),
    place,
  });
}

export function tooManyPrompts(line: number): Fault {
  const sentence = `The file holds more than ${PROMPT_SET_LIMITS.prompts} prompts, which is what a prompt set takes. Split it.`;
  return new Fault('payload_too_large', sentence, { place: { line } });
}

export function noJson(line: number): Fault {
  return new Fault('invalid_json', `Line ${line}: this is not valid JSON.`, { place: { line } });
}
