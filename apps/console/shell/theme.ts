import { useEffect, useState } from 'react';

const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
const KEPT = 'so-chung-thuc.theme';

const kept = (): Theme => themes.find((one) => one === localStorage.getItem(KEPT)) ?? 'system';

/** Light or dark, as the machine has it unless somebody chose. */
export function useTheme() {
  const [theme, setTheme] = useState<Theme>(kept);
  useEffect(() => {
    localStorage.setItem(KEPT, theme);
    showTheme();
  }, [theme]);
  const next = (): void =>
    setTheme((now) => themes[(themes.indexOf(now) + 1) % themes.length] ?? 'system');
  return { theme, next };
}

/** Puts the page into the theme that was chosen here before. */
export function showTheme(): void {
  const theme = kept();
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
