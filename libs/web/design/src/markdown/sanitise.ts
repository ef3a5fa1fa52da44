import DOMPurify from 'dompurify';

const ALLOWED_TAGS = [
  'a', 'blockquote', 'br', 'code', 'del', 'div', 'em', 'h3', 'hr', 'li', 'ol', 'p', 'pre',
  'span', 'strong', 'sup', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul',
]; // prettier-ignore
const ALLOWED_ATTR = ['href', 'class', 'start', 'value', 'align', 'title'];
const OUR_CLASSES = /^(?:language-[\w+#.-]+|heading-[1-6]|hljs-[\w-]+(?: [\w-]+_)*|as-written|definition|footnote|formula|formula-block|parenthesised)$/;

const MATHML_TAGS = [
  'annotation', 'math', 'menclose', 'mfrac', 'mi', 'mn', 'mo', 'mover', 'mphantom', 'mroot', 'mrow', 'mspace', 'msqrt',
  'mstyle', 'msub', 'msubsup', 'msup', 'mtable', 'mtd', 'mtext', 'mtr', 'munder', 'munderover', 'semantics',
]; // prettier-ignore
/** No colour, which may be the page's own; and no `mpadded` above, which moves something over what stands elsewhere. */
const MATHML_ATTR = [
  'accent', 'accentunder', 'columnalign', 'columnspacing', 'depth', 'display', 'displaystyle', 'encoding', 'fence', 'height',
  'linethickness', 'lspace', 'mathvariant', 'maxsize', 'minsize', 'notation', 'rspace', 'scriptlevel', 'separator', 'stretchy', 'width',
]; // prettier-ignore

const purifier = DOMPurify();

purifier.addHook('uponSanitizeAttribute', (_, attribute) => {
  if (attribute.attrName === 'class' && !OUR_CLASSES.test(attribute.attrValue)) attribute.keepAttr = false;
});
purifier.addHook('afterSanitizeAttributes', (element) => {
  if (element.tagName !== 'A') return;
  element.setAttribute('target', '_blank');
  element.setAttribute('rel', 'noopener noreferrer');
});

/**
 * The only way for HTML made from a model's text into the page. What is not on the lists is dropped; DOMPurify parses
 * under its own Trusted Types policy ("dompurify").
 */
export function sanitise(html: string): DocumentFragment {
  return purifier.sanitize(html, {
    ALLOWED_TAGS,
    ALLOWED_ATTR,
    ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
    // no addresses: else they would have to be some
    ADD_URI_SAFE_ATTR: ['start', 'value', 'align', 'title'],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
}

/** The same for what a formula became: nothing of it can be an address. */
export function sanitiseMathml(html: string): DocumentFragment {
  return purifier.sanitize(html, {
    ALLOWED_TAGS: MATHML_TAGS,
    ALLOWED_ATTR: MATHML_ATTR,
    ADD_URI_SAFE_ATTR: MATHML_ATTR,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
}
