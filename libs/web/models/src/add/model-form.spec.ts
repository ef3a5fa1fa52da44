import { ModelForm } from './model-form';

function formWith(fields: Partial<ReturnType<ModelForm['fields']>>): ModelForm {
  const form = new ModelForm();
  for (const [field, value] of Object.entries(fields)) form.set(field as 'name', value as string);
  return form;
}

describe('ModelForm', () => {
  it('makes an entry of what is written, and of nothing else', () => {
    expect(formWith({ name: ' Mine ', endpoint: 'localhost:8000 ' }).entry()).toEqual({ name: 'Mine', endpoint: 'localhost:8000' });
    expect(
      formWith({
        ...{ name: 'Mine', endpoint: 'models.example.com', baselineId: 'base', model: 'acme/mine', apiKeyEnv: 'ACME_API_KEY', protocol: 'ollama' },
        ...{ contextLength: 8192, inputPrice: 0.5, outputPrice: 0, provider: 'Acme', description: 'Tuned.' },
      }).entry(),
    ).toEqual({
      ...{ name: 'Mine', endpoint: 'models.example.com', description: 'Tuned.', provider: 'Acme', context_length: 8192, baseline_id: 'base' },
      ...{ price: { input: 0.5, output: 0, currency: 'USD', unit: '1M tokens' }, protocol: 'ollama', model: 'acme/mine', api_key_env: 'ACME_API_KEY' },
    });
  });

  it('begins with an adapter over a local model, at a scale of its own', () => {
    const entry = { name: 'Tuned at 0.5', endpoint: 'local:base.gguf', baseline_id: 'base', adapter: { file: 'lora.gguf', scale: 0.5 } };
    const form = formWith({ provider: 'Acme' });
    form.begin({ side: 'twodelta', entry });
    expect(form.entry()).toEqual(entry);
    form.set('adapterScale', null);
    expect(form.json()).toContain('"adapter": {\n        "file": "lora.gguf"\n      }');
    form.set('adapterFile', ' ');
    expect(form.entry()).not.toHaveProperty('adapter');
  });

  it('derives no baseline from another, and knows no half of a price', () => {
    const entry = formWith({ side: 'baseline', name: 'Base', endpoint: 'x:1', baselineId: 'other', inputPrice: 1 }).entry();
    expect(entry).toEqual({ name: 'Base', endpoint: 'x:1' });
  });

  it('gives the document to copy', () => {
    expect(JSON.parse(formWith({ side: 'baseline', name: 'Base', endpoint: 'x:1' }).json())).toEqual({ baseline_models: [{ name: 'Base', endpoint: 'x:1' }] });
  });

  it('says what is missing', () => {
    expect(formWith({ endpoint: 'x:1' }).missing()).toMatch(/name/);
    expect(formWith({ name: 'Mine' }).missing()).toMatch(/endpoint/);
    expect(formWith({ name: 'Mine', endpoint: 'x:1' }).missing()).toBe('');
    expect(formWith({ name: 'Mine', endpoint: 'x:1', adapterFile: 'lora.gguf' }).missing()).toMatch(/local:/);
    expect(formWith({ name: 'Mine', endpoint: ' local:x.gguf', adapterFile: 'lora.gguf' }).missing()).toBe('');
  });
});
