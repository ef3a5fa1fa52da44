import { Component, computed, inject, signal } from '@angular/core';
import { ConfigStore } from '@tandem/web/data-access';
import { Button, Icon } from '@tandem/web/design';

/** Says that the last refresh of the configuration failed, and what goes on serving. Once dismissed it stays away until something else is wrong. */
@Component({
  selector: 'tandem-config-banner',
  imports: [Button, Icon],
  template: `
    <div role="status">
      @if (problem(); as problem) {
        <div class="banner">
          <tandem-icon name="alert" />
          <p>{{ problem.message }} <span>{{ consequence() }}</span></p>
          <button tandemButton [isSquare]="true" aria-label="Dismiss" (click)="dismissed.set(problem.message)"><tandem-icon name="close" /></button>
        </div>
      }
    </div>
  `,
  styleUrl: './config-banner.css',
})
export class ConfigBanner {
  private readonly config = inject(ConfigStore);
  protected readonly dismissed = signal('');

  protected readonly problem = computed(() => {
    const error = this.config.status()?.last_error;
    return error && error.message !== this.dismissed() ? error : undefined;
  });
  protected readonly consequence = computed(() => {
    const { counts, loaded_at } = this.config.status() ?? {};
    if (!counts || !loaded_at || counts.baseline + counts.twodelta === 0) return 'It is asked for again.';
    return `The configuration of ${new Date(loaded_at).toLocaleString()} stays in force.`;
  });
}
