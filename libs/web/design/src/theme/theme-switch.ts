import { Component, inject } from '@angular/core';
import { Icon } from '../icon/icon';
import { type IconName } from '../icon/outlines';
import { Theme } from './theme';
import { type ThemeChoice } from './theme-choice';

const OPTIONS: readonly { choice: ThemeChoice; icon: IconName; name: string }[] = [
  { choice: 'system', icon: 'monitor', name: 'System theme' },
  { choice: 'light', icon: 'sun', name: 'Light theme' },
  { choice: 'dark', icon: 'moon', name: 'Dark theme' },
];

@Component({
  selector: 'tandem-theme-switch',
  imports: [Icon],
  templateUrl: './theme-switch.html',
  styleUrls: ['../choices/chosen.css', './theme-switch.css'],
})
export class ThemeSwitch {
  protected readonly theme = inject(Theme);
  protected readonly options = OPTIONS;
}
