import { type RulesetDefinition, Spectral } from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';
import { readDocument } from '../testing/api-document';

describe('the OpenAPI document', () => {
  it("passes Spectral's rules for OpenAPI with no error and no warning", async () => {
    const spectral = new Spectral();
    const { oas } = rulesets as unknown as { oas: RulesetDefinition };
    spectral.setRuleset({ extends: [[oas, 'recommended']] });
    const problems = await spectral.run(JSON.parse(JSON.stringify(readDocument())) as Record<string, unknown>);
    expect(problems.map(({ code, message, path }) => `${code}: ${message} ${path.join('/')}`)).toEqual([]);
  });
});
