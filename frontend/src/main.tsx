import './shared/ui/fonts.css';
import './shared/ui/mantine.css';
import './shared/ui/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/providers';
import { startI18n } from './shared/i18n';

const element = document.getElementById('root');
if (element) {
  await startI18n();
  createRoot(element).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
