import { Component, computed, input } from '@angular/core';
import { type ContextUse } from '../tree/context-use';

/** How full the model's context is, and what that means for the next question. */
@Component({
  selector: 'tandem-context-gauge',
  templateUrl: './context-gauge.html',
  styleUrl: './context-gauge.css',
})
export class ContextGauge {
  readonly use = input.required<ContextUse>();

  protected readonly share = computed(() => {
    const { usedTokens, contextLength } = this.use();
    return contextLength === null ? undefined : Math.min(1, usedTokens / contextLength);
  });
  protected readonly level = computed(() => ((this.share() ?? 0) >= 0.9 || this.use().leftOut > 0 ? 'full' : 'roomy'));
  protected readonly figures = computed(() => {
    const { usedTokens, contextLength, isEstimate } = this.use();
    const used = `${isEstimate ? '≈ ' : ''}${usedTokens.toLocaleString('en')}`;
    return contextLength === null ? `${used} tokens` : `${used} / ${contextLength.toLocaleString('en')}`;
  });
  protected readonly meaning = computed(() => {
    const { contextLength, leftOut } = this.use();
    if (contextLength === null) return 'How much this model can take is not known.';
    if (leftOut > 0) return `The model's context is full: the oldest ${leftOut === 1 ? 'message is' : `${leftOut} messages are`} not sent with the next one.`;
    return 'How much of the model’s context this conversation takes. When it is full, the oldest messages are not sent any more.';
  });
}
