/**
 * Under `require-trusted-types-for 'script'` the page may start workers from its own folder and
 * nothing else: no markup from text, no script from text. Runs before every other script.
 */
(() => {
  const home = new URL('.', document.currentScript.src);
  const createScriptURL = (text) => {
    const url = new URL(text, document.baseURI);
    const own = url.origin === home.origin && url.pathname.startsWith(`${home.pathname}assets/`);
    if (own && url.pathname.endsWith('.js')) return url.href;
    throw new TypeError(`not one of this site's own scripts: ${url.href}`);
  };
  if (self.trustedTypes) self.trustedTypes.createPolicy('default', { createScriptURL });
})();
