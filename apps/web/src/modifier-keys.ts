const isApple = /mac|iphone|ipad/i.test(navigator.platform);

/** As the keys are named on this machine. */
export const CONTROL_KEY = isApple ? '⌘' : 'Ctrl';
export const ALT_KEY = isApple ? '⌥' : 'Alt';
