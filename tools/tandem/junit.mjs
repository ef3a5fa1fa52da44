/** What no XML document may hold. */
const NO_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
const SIGNS = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;', '\t': '&#9;', '\r': '&#13;' };

const escape = (text) =>
  String(text)
    .replace(NO_XML, '�')
    .replace(/[&<>"\n\t\r]/g, (sign) => SIGNS[sign]);

/** The conditions and the items as CI servers read them: an item fails that only the baseline got right, and errs where an answer is missing. */
export function junitOf(run, conditions, items) {
  const suites = [
    suite(
      'conditions',
      conditions.map(({ condition, value, met }) => testCase('conditions', condition, met ? failure(`${condition} is met: ${value}`) : '')),
    ),
    suite('items', items.map(itemCase)),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="${escape(`tandem ${run.prompt_set.name}`)}">\n${suites.join('')}</testsuites>\n`;
}

function suite(name, cases) {
  const count = (mark) => cases.filter((text) => text.includes(mark)).length;
  return `<testsuite name="${name}" tests="${cases.length}" failures="${count('<failure ')}" errors="${count('<error ')}">\n${cases.join('')}</testsuite>\n`;
}

const testCase = (suiteName, name, inside, seconds = 0) =>
  `<testcase classname="tandem.${suiteName}" name="${escape(name)}" time="${seconds.toFixed(3)}">${inside}</testcase>\n`;
const failure = (message) => `<failure message="${escape(message)}"/>`;

function itemCase({ id, answers: { baseline, derivative }, latency }) {
  const seconds = (latency ?? 0) / 1000;
  const missing = baseline?.error ?? derivative?.error;
  if (missing) return testCase('items', id, `<error message="${escape(missing.message)}"/>`, seconds);
  const isLost = baseline?.check?.passed === true && derivative?.check?.passed === false;
  return testCase('items', id, isLost ? failure(`Only ${baseline.model} passes the checks. ${derivative.model} says: ${derivative.text}`) : '', seconds);
}
