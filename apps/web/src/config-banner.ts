import { Component, computed, inject, signal } from '@angular/core';
import type { ConfigStatusBody } from '@tandem/shared/contracts';
import { Clock, sayMoment } from '@tandem/web/model-status';
import { ConfigStore } from '@tandem/web/data-access';
import { Button, Icon } from '@tandem/web/design';

type Problem = NonNullable<ConfigStatusBody['last_error']>;

/** What goes on keeps its beginning; what else goes wrong has another. */
const onsetOf = ({ code, at }: Problem): string => `${code} ${at}`;

/**
 * Says that the last refresh of the configuration failed, what goes on serving and what to do. Once dismissed it stays
 * away until something else is wrong.
 */
@Component({
  selector: 'tandem-config-banner',
  imports: [Button, Icon],
  template: `
    <div role="status">
      @if (problem(); as problem) {
        <div class="banner">
          <tandem-icon name="alert" />
          <p>
            <strong>{{ title() }}.</strong> {{ problem.message }} <span>{{ consequence() }} {{ remedy() }}</span>
          </p>
          <button tandemButton [isSquare]="true" aria-label="Dismiss" (click)="dismissed.set(onsetOf(problem))"><tandem-icon name="close" /></button>
        </div>
      }
    </div>
  `,
  styleUrl: './config-banner.css',
})
export class ConfigBanner {
  private readonly config = inject(ConfigStore);
  private readonly clock = inject(Clock);
  protected readonly dismissed = signal('');

  protected readonly problem = computed(() => {
    const error = this.config.status()?.last_error;
    return error && onsetOf(error) !== this.dismissed() ? error : undefined;
  });
  protected readonly onsetOf = onsetOf;
  private readonly isUnread = computed(() => this.problem()?.code.startsWith('s3_') ?? false);
  protected readonly title = computed(() => (this.isUnread() ? 'Configuration not read' : 'Configuration rejected'));
  protected readonly consequence = computed(() => {
    const { counts, loaded_at } = this.config.status() ?? {};
    if (!counts || !loaded_at || counts.baseline + counts.twodelta === 0) return 'No model is configured until then.';
    return `The one of ${sayMoment(loaded_at, this.clock.nowMs())} stays in force.`;
  });
  protected readonly remedy = computed(() => {
    const next = this.config.status()?.next_refresh_at;
    const again = next ? `is read again at ${sayMoment(next, this.clock.nowMs())}` : 'is read again as soon as it changes';
    return this.isUnread() ? `It ${again}.` : `Correct it: it ${again}.`;
  });
}
