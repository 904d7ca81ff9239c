import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from 'react';
import { vi, type Words } from './vi.ts';

export type Language = 'vi' | 'en';

interface Spoken {
  readonly words: Words;
  readonly language: Language;
  readonly speak: (language: Language) => void;
}

const Speech = createContext<Spoken>({ words: vi, language: 'vi', speak: () => undefined });
const KEPT = 'so-chung-thuc.language';

/** Vietnamese first; English is fetched when somebody wants it. */
async function wordsOf(language: Language): Promise<Words> {
  return language === 'vi' ? vi : (await import('./en.ts')).en;
}

export function SpeechProvider({ children }: { readonly children: ReactNode }) {
  const [spoken, setSpoken] = useState<{ words: Words; language: Language }>({
    words: vi,
    language: 'vi',
  });
  const speak = useCallback((language: Language) => {
    localStorage.setItem(KEPT, language);
    void wordsOf(language).then((words) => {
      document.documentElement.lang = language;
      setSpoken({ words, language });
    });
  }, []);
  useEffect(() => {
    if (localStorage.getItem(KEPT) === 'en') speak('en');
  }, [speak]);
  const value = useMemo(() => ({ ...spoken, speak }), [spoken, speak]);
  return <Speech value={value}>{children}</Speech>;
}

/** What is said on the screens, in the language that was chosen. */
export const useWords = (): Words => use(Speech).words;
export const useLanguage = (): Spoken => use(Speech);
