import { jest } from '@jest/globals';
import { Component, inject, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Undo } from './undo';
import { UndoNote } from './undo-note';

/** A page, and a dialog over it: both have a note. */
@Component({
  imports: [UndoNote],
  template: `
    <main><tandem-undo-note /></main>
    @if (isDialogOpen()) {
      <dialog><tandem-undo-note /></dialog>
    }
  `,
})
class PageWithDialog {
  readonly isDialogOpen = signal(false);
  readonly undo = inject(Undo);
}

function setup() {
  const fixture = TestBed.createComponent(PageWithDialog);
  const { isDialogOpen, undo } = fixture.componentInstance;
  const page = fixture.nativeElement as HTMLElement;
  const places = (): string[] => {
    fixture.detectChanges();
    return [...page.querySelectorAll('.note')].map((note) => note.closest('main, dialog')!.localName);
  };
  places();
  return { page, isDialogOpen, undo, places };
}

describe('what can be undone', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is said once: in the dialog while one is open, on the page once it is closed', () => {
    const { isDialogOpen, undo, places } = setup();
    undo.give({ words: 'Prompt deleted', undo: () => Promise.resolve() });
    expect(places()).toEqual(['main']);
    isDialogOpen.set(true);
    expect(places()).toEqual(['dialog']);
    isDialogOpen.set(false);
    expect(places()).toEqual(['main']);
  });

  it('is not withdrawn by the page behind while a person is at it in the dialog', () => {
    const { page, isDialogOpen, undo, places } = setup();
    isDialogOpen.set(true);
    places();
    undo.give({ words: 'Prompt deleted', undo: () => Promise.resolve() });
    places();
    page.querySelector('dialog tandem-undo-note')!.dispatchEvent(new Event('pointerenter'));
    places();
    jest.advanceTimersByTime(60_000);
    expect(places()).toEqual(['dialog']);
  });
});
