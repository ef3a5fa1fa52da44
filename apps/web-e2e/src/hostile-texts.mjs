// What a model could say to hold a page up: each by its name. The browser tests show them, and `npm run bench` measures them.
export const HOSTILE = [
  ['quotes in each other', '> '.repeat(4_000)],
  ['lists in each other', '1. '.repeat(2_500)],
  ['stars', '*'.repeat(100_000)],
  ['emphasis that never ends', '*a_b '.repeat(1_500)],
  ['brackets', '['.repeat(50_000)],
  ['images in each other', '![a]('.repeat(3_000)],
  ['backticks', `a ${'`'.repeat(100_000)}`],
  ['a table of many columns', `|${'a|'.repeat(10_000)}\n|${'-|'.repeat(10_000)}\n|${'b|'.repeat(10_000)}`],
  ['HTML in each other', '<div>'.repeat(5_000)],
  ['one line', 'word '.repeat(40_000)],
  ['code of one letter', `\`\`\`java\n${'$'.repeat(11_900)}\n\`\`\``],
];
