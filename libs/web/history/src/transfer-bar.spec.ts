import { TestBed } from '@angular/core/testing';
import { TransferBar } from './transfer-bar';
import { UnreadableFile } from './unreadable-file';

const NAMES = { one: 'walk', many: 'walks', done: 'walked', notFound: 'No walk is called' };

async function importing(take: (file: File) => Promise<number>): Promise<(string | undefined)[]> {
  const fixture = TestBed.createComponent(TransferBar);
  for (const [name, value] of Object.entries({ names: NAMES, take })) fixture.componentRef.setInput(name, value);
  fixture.detectChanges();
  const page = fixture.nativeElement as HTMLElement;
  const box = page.querySelector<HTMLInputElement>('input[type=file]')!;
  Object.defineProperty(box, 'files', { value: [new File(['{}'], 'walks.json')] });
  box.dispatchEvent(new Event('change'));
  await fixture.whenStable();
  fixture.detectChanges();
  return ['[role=status]', '[role=alert]'].map((selector) => page.querySelector(selector)?.textContent?.trim());
}

describe('a file that is imported', () => {
  it.each([
    [1, '1 walk imported'],
    [3, '3 walks imported'],
  ])('says that %d came', async (count, words) => expect(await importing(() => Promise.resolve(count))).toEqual([words, undefined]));

  it('says why nothing of it was taken', async () => {
    expect(await importing(() => Promise.reject(new UnreadableFile('This is a map.')))).toEqual(['', 'This is a map.']);
  });

  it('has words for what nobody foresaw', async () => {
    expect(await importing(() => Promise.reject(new Error('EIO')))).toEqual(['', 'This file could not be read. Nothing was imported.']);
  });
});
