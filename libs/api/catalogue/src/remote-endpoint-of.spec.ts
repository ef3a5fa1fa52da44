import type { ConfiguredModel, Environment } from '@tandem/api/config';
import { remoteEndpointOf } from './remote-endpoint-of';

const keyOf = (value: string, apiKey?: string) => {
  process.env['SPEC_API_KEY'] = value;
  const entry = { name: 'A', endpoint: 'a.example', api_key_env: 'SPEC_API_KEY' };
  return remoteEndpointOf({ id: 'a', role: 'baseline', source: 'file', entry } as ConfiguredModel, { apiKey } as Environment).apiKey;
};

describe('remoteEndpointOf', () => {
  afterEach(() => void delete process.env['SPEC_API_KEY']);

  it.each(['sk-1', ' sk-1', 'sk-1\n', '\t sk-1 \r\n'])("sends a model's own key without what stands around it: %j", (value) => {
    expect(keyOf(value, 'sk-general')).toBe('sk-1');
  });

  it.each(['', ' \n'])('sends none where its own variable holds nothing: %j', (value) => {
    expect(keyOf(value, 'sk-general')).toBeUndefined();
  });
});
