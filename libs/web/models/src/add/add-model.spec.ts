import { TestBed } from '@angular/core/testing';
import { type ModelTestBody } from '@tandem/shared/contracts';
import { ModelAdditions } from '@tandem/web/data-access';
import { AddModel } from './add-model';

HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
};

/** Findings come once they are let go. */
async function setup() {
  const held: (() => void)[] = [];
  const found = { health: 'healthy', detail: null, hint: null } as unknown as ModelTestBody;
  const additions = { test: () => new Promise<ModelTestBody>((resolve) => held.push(() => resolve(found))) };
  TestBed.configureTestingModule({ providers: [{ provide: ModelAdditions, useValue: additions }] });
  const fixture = TestBed.createComponent(AddModel);
  fixture.componentRef.setInput('cards', []);
  fixture.componentRef.setInput('isOpen', true);
  await fixture.whenStable();
  const host = fixture.nativeElement as HTMLElement;
  const write = async (label: string, text: string): Promise<void> => {
    const field = [...host.querySelectorAll('label')].find((each) => each.textContent?.includes(label));
    const box = host.querySelector<HTMLInputElement>(`#${field?.htmlFor}`);
    if (!box) throw new Error(`No field is called ${label}.`);
    box.value = text;
    box.dispatchEvent(new Event('input', { bubbles: true }));
    await fixture.whenStable();
  };
  const settle = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve));
    await fixture.whenStable();
  };
  const test = (): Promise<void> => {
    [...host.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === 'Test')?.click();
    return settle();
  };
  const letGo = (): Promise<void> => {
    held.splice(0).forEach((go) => go());
    return settle();
  };
  await write('Name', 'Tuned');
  await write('Endpoint', 'localhost:8000');
  return { write, test, letGo, said: () => host.querySelector('.said')?.textContent?.trim() ?? '' };
}

describe('the form for a model', () => {
  it('says of an entry what its test found, and nothing of another one', async () => {
    const { write, test, letGo, said } = await setup();
    await test();
    await letGo();
    expect(said()).toMatch(/^ready|healthy/i);
    await write('Endpoint', 'localhost:9000');
    expect(said()).toBe('');
  });

  it('lets go of what is found of an entry that has changed since', async () => {
    const { write, test, letGo, said } = await setup();
    await test();
    await write('Endpoint', 'localhost:9000');
    await letGo();
    expect(said()).toBe('');
  });
});
