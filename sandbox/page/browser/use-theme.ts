import { useEffect, useState } from 'react';

const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const storedTheme = (): Theme => themes.find((theme) => theme === localStorage.getItem('theme')) ?? 'system';

/** Light, dark or as the system says; remembered by the browser. */
export function useTheme(): [Theme, () => void] {
  const [theme, setTheme] = useState(storedTheme);
  useEffect(() => {
    localStorage.setItem('theme', theme);
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  return [theme, () => setTheme(next)];
}
