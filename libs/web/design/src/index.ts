export { Button, type ButtonLook } from './button/button';
export { Dialog } from './dialog/dialog';
export { NumberField } from './field/number-field';
export { Icon } from './icon/icon';
export { type IconName } from './icon/outlines';
export { ProgressBar } from './progress/progress-bar';
export { type MarkKind, StatusMark } from './status/status-mark';
export { THEME_CHOICES, Theme, type ThemeChoice } from './theme/theme';
export { ThemeSwitch } from './theme/theme-switch';
