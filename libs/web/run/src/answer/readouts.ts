import { Component, computed, input } from '@angular/core';

/** First token, speed and count of an answer, in figures that keep their width. */
@Component({
  selector: 'tandem-readouts',
  template: `
    @for (part of parts(); track $index) {
      <span>{{ part }}</span>
    }
  `,
  styleUrl: './readouts.css',
})
export class Readouts {
  readonly firstTokenMs = input.required<number | null>();
  readonly tokensPerSecond = input.required<number | null>();
  readonly tokens = input.required<number>();

  protected readonly parts = computed(() => {
    const first = this.firstTokenMs();
    if (first === null) return [];
    const speed = this.tokensPerSecond();
    return [`first token ${inWords(first)}`, ...(speed === null ? [] : [sayTokensPerSecond(speed)]), `${this.tokens()} tok`];
  });
}

export function sayTokensPerSecond(speed: number): string {
  return `${speed < 10 ? speed.toFixed(1) : Math.round(speed)} tok/s`;
}

function inWords(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
