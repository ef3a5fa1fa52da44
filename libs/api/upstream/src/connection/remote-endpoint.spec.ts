import { routeUrl } from './remote-endpoint';

describe('routeUrl', () => {
  it.each([
    ['http://h:8000', '/v1/chat/completions', 'http://h:8000/v1/chat/completions'],
    ['http://h:8000/v1', '/v1/chat/completions', 'http://h:8000/v1/chat/completions'],
    ['http://h:8000/v1/', '/v1/models', 'http://h:8000/v1/models'],
    ['http://h:8000/v1', '/health', 'http://h:8000/health'],
    ['http://h:8000/team/a', '/v1/models', 'http://h:8000/team/a/v1/models'],
    ['http://h:8000/openai/v1', '/v1/chat/completions', 'http://h:8000/openai/v1/chat/completions'],
    ['http://h:8000/v1/chat/completions', '/v1/chat/completions', 'http://h:8000/v1/chat/completions'],
    ['http://h:8000/v1/chat/completions', '/v1/models', 'http://h:8000/v1/models'],
    ['https://h/api', '/v1/chat/completions', 'https://h/api/v1/chat/completions'],
    ['https://h/api/v1', '/v1/chat/completions', 'https://h/api/v1/chat/completions'],
    ['https://h/team/api/', '/v1/models', 'https://h/team/api/v1/models'],
    ['https://h/api', '/health', 'https://h/api/health'],
    ['http://h:11434/api', '/api/chat', 'http://h:11434/api/chat'],
    ['http://h:11434/api/chat', '/api/version', 'http://h:11434/api/version'],
    ['http://h:11434/api/chat', '/v1/models', 'http://h:11434/v1/models'],
    ['http://h:8000', 'generate', 'http://h:8000/generate'],
    ['http://h:8000', '/generate?v=2', 'http://h:8000/generate?v=2'],
    ['http://h:8000', '//other/x', 'http://h:8000//other/x'],
  ])('leads %s with %s to %s', (endpoint, path, expected) => {
    expect(routeUrl(new URL(endpoint), path).href).toBe(expected);
  });
});
