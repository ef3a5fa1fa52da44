/** What every kind of JSON value looks like, in llama.cpp's notation (GBNF). Bounded, so that a model comes to an end. */
export const JSON_RULES: Readonly<Record<string, string>> = {
  space: '( " " | "\\n" [ \\t]{0,20} )?',
  // half a surrogate pair is no character
  escape: '"\\\\" ( ["\\\\/bfnrt] | "u" ( [0-9a-cA-CefEF] [0-9a-fA-F]{3} | [dD] [0-7] [0-9a-fA-F]{2} ) )',
  char: '[^"\\\\\\x7F\\x00-\\x1F] | escape',
  string: '"\\"" char* "\\""',
  // of a property: bounded, so that a model that says anything comes to its value
  name: '"\\"" char{0,100} "\\""',
  integer: '"-"? ( "0" | [1-9] [0-9]{0,14} )',
  number: '"-"? ( "0" | [1-9] [0-9]{0,14} ) ( "." [0-9]{1,15} )? ( [eE] [-+]? [0-9]{1,2} )?',
  boolean: '"true" | "false"',
  null: '"null"',
  value: 'object | array | string | number | boolean | null',
  pair: 'name space ":" space value',
  object: '"{" space ( pair space ( "," space pair space )* )? "}"',
  array: '"[" space ( value space ( "," space value space )* )? "]"',
};

/** A text as a literal of a rule. JSON has escaped what else a literal could not hold. */
export function literal(json: string): string {
  return `"${json.replace(/[\\"]/g, '\\$&')}"`;
}
