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
    ['http://h:8000', 'generate', 'http://h:8000/generate'],
    ['http://h:8000', '/generate?v=2', 'http://h:8000/generate?v=2'],
    ['http://h:8000', '//other/x', 'http://h:8000//other/x'],
  ])('leads %s with %s to %s', (endpoint, path, expected) => {
    expect(routeUrl(new URL(endpoint), path).href).toBe(expected);
  });
});
