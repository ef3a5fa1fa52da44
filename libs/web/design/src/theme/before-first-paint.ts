// A script of its own, which the page's head holds: a chosen theme or size of text never flashes. Their owners take over from here.
import { markTextSize, readTextSize } from '../settings/text-size';
import { isDarkTheme, markTheme, readThemeChoice, systemTheme } from './theme-choice';

markTheme(isDarkTheme(readThemeChoice(), systemTheme().matches));
markTextSize(readTextSize());
