import { completionRequest } from '@tandem/api/completion/testing';
import { readComplaint } from './complaint';
import { ignoredParameters } from './fields';
import { ollama } from './ollama';
import { openaiChat } from './openai-chat';
import { plainText } from './plain-server';
import { tgi } from './tgi';

const EXTENSIONS = ['min_p', 'repeat_last_n', 'repeat_penalty', 'repetition_penalty', 'top_k'];
const bodyOf = (parameters = {}) => openaiChat.requestBody(completionRequest('Hi', { stop: ['x'], ...parameters }), 'm', new Set());
const omits = (message: string, body = bodyOf()) => [...(readComplaint({ message }, body, openaiChat)?.omit ?? [])].sort();

describe('a complaint', () => {
  it.each([
    ['Unrecognized request argument supplied: top_k', EXTENSIONS],
    ['top_k: extra fields not permitted; min_p: extra fields not permitted', EXTENSIONS],
    ['Extra inputs are not permitted', EXTENSIONS],
    ['Unknown parameter: min_p', ['min_p']],
    ["Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.", ['max_tokens']],
    ["Unsupported value: 'temperature' does not support 0.7 with this model. Only the default (1) value is supported.", ['temperature']],
    ['temperature must be 1', ['temperature']],
    ['Unknown parameter: stream_options', ['stream_options']],
    ['Unsupported parameters: temperature, top_p', ['temperature', 'top_p']],
    ['`temperature` and `top_p` cannot both be specified for this model. Please use only one.', ['top_p']],
    ['The model does not support specifying both temperature and top_p', ['top_p']],
    ['temperature と top_p は同時に指定できません', ['top_p']],
    ['参数temperature和top_p不能同时设置', ['top_p']],
    ['Der Parameter topK ist hier nicht erlaubt', ['top_k']],
    ['参数top_k不支持', ['top_k']],
    ['Le paramètre « seed » est inconnu', ['seed']],
    ['Invalid JSON payload received. Unknown name "seed": Cannot find field.', ['seed']],
    ['temperature must be between 0 and 1', ['temperature']],
    ['max_tokens must be at most 4096', []],
    ["This model's maximum context length is 4096 tokens. Reduce max_tokens.", []],
    ['The model does not exist', []],
    ['not today', []],
  ])('of %j leaves out %j', (message, expected) => expect(omits(message)).toEqual(expected));

  it('that two cannot be together leaves out the one that is off anyhow', () => {
    const message = 'temperature and top_p cannot both be specified';
    expect(omits(message, bodyOf({ temperature: 1 }))).toEqual(['temperature']);
    expect(omits(message, bodyOf({ temperature: 1, top_p: 1 }))).toHaveLength(1);
  });

  it.each([
    ['Ollama', ollama, 'repeat_penalty', 'repetition_penalty'],
    ['TGI', tgi, 'repetition_penalty', 'repetition_penalty'],
    ['a server of its own making', plainText, 'top_p', 'top_p'],
  ])('is understood of %s', (_, dialect, field, parameter) => {
    const body = dialect.requestBody(completionRequest('Hi'), 'm', new Set());
    expect(readComplaint({ message: `unknown field ${field}` }, body, dialect)?.omit).toContain(field);
    expect(JSON.stringify(dialect.requestBody(completionRequest('Hi'), 'm', new Set([field])))).not.toContain(`"${field}"`);
    expect(ignoredParameters(dialect.fields, new Set([field]))).toEqual([parameter]);
  });

  it('of a failing server is one only where it says so', () => {
    expect(readComplaint({ message: 'failed at temperature 90 C', status: 500 }, bodyOf(), openaiChat)).toBeNull();
    expect(readComplaint({ message: 'litellm: top_k is not supported', status: 500 }, bodyOf(), openaiChat)).not.toBeNull();
  });

  it('tells which parameters have no effect any more', () => {
    expect(ignoredParameters(openaiChat.fields, new Set([...EXTENSIONS, 'max_tokens', 'stream_options']))).toEqual(['top_k', 'repetition_penalty']);
  });
});
