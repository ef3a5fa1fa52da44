// Runs before the first paint, so that a chosen theme or size of text never flashes. The page's settings take over from here.
(() => {
  const chosen = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      // storage is blocked: what the system says
      return null;
    }
  };
  const theme = chosen('tandem.theme');
  const isDark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
  document.documentElement.dataset.textSize = chosen('tandem.text-size') ?? 'normal';
})();
