import { TestBed } from '@angular/core/testing';
import { KeptRows } from './kept-rows';

const ROWS = [
  { id: '1', name: 'Brief', detail: 'temperature 0', isInUse: true },
  { id: '2', name: 'Long', detail: 'temperature 1', isInUse: false },
];

function setup() {
  const fixture = TestBed.createComponent(KeptRows);
  fixture.componentRef.setInput('label', 'Presets');
  fixture.componentRef.setInput('rows', ROWS);
  fixture.componentRef.setInput('canRename', true);
  fixture.detectChanges();
  const host = fixture.nativeElement as HTMLElement;
  const said: unknown[] = [];
  fixture.componentInstance.take.subscribe((id) => said.push(`take ${id}`));
  fixture.componentInstance.delete.subscribe((id) => said.push(`delete ${id}`));
  fixture.componentInstance.rename.subscribe(({ id, name }) => said.push(`rename ${id} ${name}`));
  const press = (name: string): void => {
    host.querySelector<HTMLElement>(`[aria-label="${name}"]`)?.click();
    fixture.detectChanges();
  };
  const write = (text: string, key: string): Event => {
    const box = host.querySelector('input')!;
    box.value = text;
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    box.dispatchEvent(event);
    fixture.detectChanges();
    return event;
  };
  return { host, said, press, write };
}

describe('KeptRows', () => {
  it('tells which one is in use, and which one is taken or deleted', () => {
    const { host, said, press } = setup();
    const takes = [...host.querySelectorAll<HTMLElement>('.take')];
    expect(takes.map((take) => take.getAttribute('aria-pressed'))).toEqual(['true', 'false']);
    takes[1]?.click();
    press('Delete Brief');
    expect(said).toEqual(['take 2', 'delete 1']);
  });

  it('renames with Enter, and keeps the form and the dialog around it out of that', () => {
    const { host, said, press, write } = setup();
    press('Rename Long');
    expect(host.querySelector('input')?.value).toBe('Long');
    expect(write(' Longer ', 'Enter').defaultPrevented).toBe(true);
    expect([said, host.querySelector('input')]).toEqual([['rename 2 Longer'], null]);
  });

  it.each([
    ['Escape', 'Other'],
    ['Enter', '  '],
  ])('leaves the name with %s and %j', (key, text) => {
    const { host, said, press, write } = setup();
    press('Rename Long');
    write(text, key);
    expect([said, host.querySelector('input')]).toEqual([[], null]);
  });
});
