import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queries } from './api/portal.ts';
import './look/look.css';
import { Toasts } from './parts/toasts.tsx';
import { router } from './router.tsx';
import { showTheme } from './shell/theme.ts';
import { SpeechProvider } from './words/words.tsx';

showTheme();
const place = document.getElementById('console');
if (!place) throw new Error('index.html has no place for the console');
createRoot(place).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <SpeechProvider>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
          <Toasts />
        </QueryClientProvider>
      </SpeechProvider>
    </CSPProvider>
  </StrictMode>,
);
