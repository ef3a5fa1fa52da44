/** For a screen, light or dark, and for paper. Marks are told by their shape as well: struck through, underlined. */
export const STYLE = `:root{color-scheme:light dark;--line:#8888;--removed:#a3261a;--added:#0b6b4f}
@media(prefers-color-scheme:dark){:root{--removed:#ff9b8f;--added:#7fdcb6}}
body{margin:2rem auto;max-width:76rem;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}
h1,h2,p,dl{margin:0 0 1rem}
h1,h2,h3,dd,.said{unicode-bidi:plaintext;overflow-wrap:anywhere}
dt{font-weight:600}dd{margin:0 0 .5rem}
section{margin:2rem 0;border-top:1px solid var(--line);padding-top:1rem}
.sides{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(22rem,100%),1fr))}
article{border:1px solid var(--line);border-radius:.5rem;padding:1rem;min-width:0}
h3{margin:0 0 .5rem;font-size:1rem}
.said{white-space:pre-wrap}
.prompt{border-left:.25rem solid var(--line);padding-left:1rem}
del{color:var(--removed);text-decoration:line-through 1px}
ins{color:var(--added);text-decoration:underline 2px;text-underline-offset:3px}
small{opacity:.8}
@media print{body{margin:0;max-width:none}article{break-inside:auto}h2,h3{break-after:avoid}a{color:inherit}details::details-content{content-visibility:visible;block-size:auto}}`;
