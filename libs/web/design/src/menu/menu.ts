import { Component, type ElementRef, input, output, signal, viewChild } from '@angular/core';
import { placeBeside } from '../floating/place-beside';
import { Icon } from '../icon/icon';
import { type IconName } from '../icon/outlines';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
}

/** A short list of actions, opened at what it is for. Arrow keys move in it; Escape and a press beside it close it. */
@Component({
  selector: 'tandem-menu',
  imports: [Icon],
  templateUrl: './menu.html',
  styleUrl: './menu.css',
})
export class Menu {
  readonly label = input.required<string>();
  readonly items = input.required<readonly MenuItem[]>();
  readonly choose = output<string>();

  readonly isOpen = signal(false);
  private readonly panel = viewChild.required<ElementRef<HTMLElement>>('panel');

  openAt(anchor: Element): void {
    const { nativeElement: panel } = this.panel();
    panel.showPopover();
    placeBeside(panel, anchor);
    this.entries()[0]?.focus();
  }

  protected follow(event: Event): void {
    this.isOpen.set((event as ToggleEvent).newState === 'open');
  }

  protected take(id: string): void {
    this.panel().nativeElement.hidePopover();
    this.choose.emit(id);
  }

  protected onKey(event: KeyboardEvent): void {
    // Escape closes the menu alone; it must not reach the page
    if (event.key === 'Escape') event.stopPropagation();
    if (event.key === 'Tab') this.panel().nativeElement.hidePopover();
    const entries = this.entries();
    const at = entries.findIndex((entry) => entry === document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    entries.at(next % entries.length)?.focus();
  }

  private entries(): HTMLElement[] {
    return [...this.panel().nativeElement.querySelectorAll<HTMLElement>('[role=menuitem]')];
  }
}
