// A script of its own, which the page's head holds: a chosen theme never flashes. The theme's owner takes over from here.
import { isDarkTheme, markTheme, readThemeChoice, systemTheme } from './theme-choice';

markTheme(isDarkTheme(readThemeChoice(), systemTheme().matches));
