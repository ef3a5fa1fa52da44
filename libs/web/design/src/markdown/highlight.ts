import highlighter from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import cpp from 'highlight.js/lib/languages/cpp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import go from 'highlight.js/lib/languages/go';
import java from 'highlight.js/lib/languages/java';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import python from 'highlight.js/lib/languages/python';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

const LANGUAGES = { bash, c, cpp, css, diff, go, java, javascript, json, kotlin, python, rust, sql, typescript, xml, yaml };

/** Longer code stays plain: colouring it would hold up the page. In UTF-16 characters. */
const LONGEST = 10_000;

/**
 * The most that the squares of the lengths of all lines may add up to. Many expressions of the highlighter begin at each
 * letter of a word anew and read to its end: 12,000 letters without a space took up to 5 s; within this, 10,000 of anything take 60 ms at most.
 */
const MOST_SQUARES = 700_000;

/** Names that models give what is known by another one. */
const ALIASES = ['shell', 'console', 'shell-session'];

for (const [name, language] of Object.entries(LANGUAGES)) highlighter.registerLanguage(name, language);
highlighter.registerAliases(ALIASES, { languageName: 'bash' });

/** Code as HTML with classes, or nothing when its language is unknown. */
export function highlight(code: string, language: string): string | undefined {
  if (code.length > LONGEST || squares(code) > MOST_SQUARES || !highlighter.getLanguage(language)) return undefined;
  return highlighter.highlight(code, { language, ignoreIllegals: true }).value;
}

function squares(code: string): number {
  return code.split('\n').reduce((sum, { length }) => sum + length * length, 0);
}
