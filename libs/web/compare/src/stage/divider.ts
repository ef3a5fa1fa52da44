import { Component, computed, ElementRef, inject } from '@angular/core';
import { SIDES } from '../side/sides';
import { Layout } from './layout';

/** How far an arrow key moves it, as a part of the width. */
const STEP = 0.02;

/** The line between the panes: dragged, moved by arrow keys; a double click gives the pane that it is clicked on the width. */
@Component({
  selector: 'tandem-divider',
  template: '<i></i>',
  styleUrl: './divider.css',
  host: {
    role: 'separator',
    tabindex: '0',
    'aria-label': 'Width of the panes',
    'aria-orientation': 'vertical',
    'aria-valuemin': '0',
    'aria-valuemax': '100',
    title: 'Drag to share the width; double click for one pane',
    '[attr.aria-valuenow]': 'percent()',
    '[attr.aria-valuetext]': 'words()',
    '[style.--split]': 'layout.split()',
    '(pointerdown)': 'begin($event)',
    '(pointermove)': 'drag($event)',
    '(dblclick)': 'widen($event)',
    '(keydown)': 'onKey($event)',
  },
})
export class Divider {
  protected readonly layout = inject(Layout);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  protected readonly percent = computed(() => Math.round(this.layout.split() * 100));
  protected readonly words = computed(() => {
    const [left, right] = [this.percent(), 100 - this.percent()];
    return SIDES.map(({ name }, at) => `${name} ${at === 0 ? left : right} %`).join(', ');
  });

  protected begin(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    this.host.setPointerCapture(event.pointerId);
  }

  protected drag({ pointerId, clientX }: PointerEvent): void {
    const stage = this.host.parentElement;
    if (!stage || !this.host.hasPointerCapture(pointerId)) return;
    const { left, width } = stage.getBoundingClientRect();
    this.layout.setSplit((clientX - left) / width);
  }

  /** To the left of the line is the left pane. At an end, both have their halves again. */
  protected widen({ offsetX }: MouseEvent): void {
    const folded = this.layout.folded();
    const [left, right] = SIDES;
    const wide = folded === undefined ? (offsetX < this.host.offsetWidth / 2 ? left : right) : folded === left?.id ? right : left;
    if (wide) this.layout.widen(wide.id);
  }

  protected onKey(event: KeyboardEvent): void {
    const split = this.layout.split();
    const next = { ArrowLeft: split === 1 ? 0.8 : split - STEP, ArrowRight: split === 0 ? 0.2 : split + STEP, Home: 0, End: 1, Enter: 0.5 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.layout.setSplit(next);
  }
}
