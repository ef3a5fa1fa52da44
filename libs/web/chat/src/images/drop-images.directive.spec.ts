import { Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { DropImagesDirective } from './drop-images.directive';

@Component({ imports: [DropImagesDirective], template: `<div (tandemDropImages)="names = namesOf($event)"><textarea></textarea></div>` })
class Page {
  names: string[] = [];
  namesOf(files: readonly File[]): string[] {
    return files.map(({ name }) => name);
  }
}

function setup() {
  const fixture = TestBed.createComponent(Page);
  fixture.detectChanges();
  const host = fixture.nativeElement as HTMLElement;
  const [area, box] = [host.querySelector('div')!, host.querySelector('textarea')!];
  const tell = (name: string, transfer: object): Event => {
    const event = new Event(name, { bubbles: true, cancelable: true });
    Object.assign(event, { dataTransfer: transfer, clipboardData: transfer });
    box.dispatchEvent(event);
    fixture.detectChanges();
    return event;
  };
  return { page: fixture.componentInstance, area, tell };
}
const [photo, text] = [new File([], 'photo.png', { type: 'image/png' }), new File([], 'notes.txt', { type: 'text/plain' })];
const pasted = (files: File[], plain = ''): object => ({ files, getData: () => plain });

describe('DropImagesDirective', () => {
  it('gives what is dropped, and shows where it would go', () => {
    const { page, area, tell } = setup();
    tell('dragover', { types: ['Files'] });
    expect(area.classList).toContain('dropping');
    expect(tell('drop', { files: [photo, text] }).defaultPrevented).toBe(true);
    expect([page.names, area.classList.contains('dropping')]).toEqual([['photo.png', 'notes.txt'], false]);
  });

  it('leaves alone what is no file', () => {
    const { page, area, tell } = setup();
    expect(tell('dragover', { types: ['text/plain'] }).defaultPrevented).toBe(false);
    expect(tell('drop', { files: [] }).defaultPrevented).toBe(false);
    expect([page.names, area.classList.contains('dropping')]).toEqual([[], false]);
  });

  it('gives the images that are pasted', () => {
    const { page, tell } = setup();
    expect(tell('paste', pasted([photo, text])).defaultPrevented).toBe(true);
    expect(page.names).toEqual(['photo.png']);
  });

  it.each([
    ['text alone', pasted([], 'words')],
    ['text with a picture of it', pasted([photo], 'a\tb')],
    ['another file', pasted([text])],
  ])('leaves %s to the box', (_, transfer) => {
    const { page, tell } = setup();
    expect(tell('paste', transfer).defaultPrevented).toBe(false);
    expect(page.names).toEqual([]);
  });
});
