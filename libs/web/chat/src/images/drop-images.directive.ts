import { Directive, output, signal } from '@angular/core';

/** Gives the files that are dropped on its element, and the images that are pasted into it. */
@Directive({
  selector: '[tandemDropImages]',
  host: {
    '[class.dropping]': 'isOver()',
    '(dragover)': 'onDrag($event)',
    '(dragleave)': 'isOver.set(false)',
    '(drop)': 'onDrop($event)',
    '(paste)': 'onPaste($event)',
  },
})
export class DropImagesDirective {
  readonly tandemDropImages = output<readonly File[]>();
  protected readonly isOver = signal(false);

  protected onDrag(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.isOver.set(true);
  }

  protected onDrop(event: DragEvent): void {
    this.isOver.set(false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.tandemDropImages.emit(files);
  }

  /** A table that is copied comes as text and as a picture of it: the text is meant. */
  protected onPaste(event: ClipboardEvent): void {
    const images = [...(event.clipboardData?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
    if (images.length === 0 || event.clipboardData?.getData('text/plain')) return;
    event.preventDefault();
    this.tandemDropImages.emit(images);
  }
}
