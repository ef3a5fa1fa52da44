import { Component, computed, input } from '@angular/core';
import { type Usage } from '@tandem/shared/contracts';
import { sayCount, sayMilliseconds, saySpeed } from './say-amount';

/** First token, speed and count of an answer, in figures that keep their width. */
@Component({
  selector: 'tandem-readouts',
  template: `
    @for (part of parts(); track $index) {
      <span>
        @if ($first) {
          <span class="label">first token </span>
        }
        {{ part }}</span
      >
    }
  `,
  styleUrl: './readouts.css',
})
export class Readouts {
  readonly firstTokenMs = input.required<number | null>();
  readonly tokensPerSecond = input.required<number | null>();
  readonly tokens = input.required<number>();
  /** As the model's server counted tokens; without it pieces are told. */
  readonly usage = input<Usage | undefined>();

  protected readonly parts = computed(() => {
    const first = this.firstTokenMs();
    if (first === null) return [];
    const [speed, usage] = [this.tokensPerSecond(), this.usage()];
    return [
      sayMilliseconds(first),
      ...(speed === null ? [] : [saySpeed(speed, usage !== undefined)]),
      // of an answer that was kept, pieces are not known
      ...(usage || this.tokens() > 0 ? [sayCount({ tokens: this.tokens(), ...(usage && { usage }) })] : []),
    ];
  });
}
