import DOMPurify from 'dompurify';

const ALLOWED_TAGS = [
  'a', 'blockquote', 'br', 'code', 'del', 'em', 'h3', 'hr', 'li', 'ol', 'p', 'pre',
  'span', 'strong', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul',
]; // prettier-ignore
const ALLOWED_ATTR = ['href', 'class', 'start', 'align'];
const OUR_CLASSES = /^(?:language-[\w+#.-]+|heading-[1-6]|hljs-[\w-]+(?: [\w-]+_)*)$/;

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
    ADD_URI_SAFE_ATTR: ['start', 'align'],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
}
