import { useEffect, useState } from 'react';

/** WebGL ne lit pas les variables CSS : les couleurs du thème, relues quand il change. */
export type Palette = { de: (nom: string) => string; sombre: boolean };

function lire(): Palette {
  const styles = getComputedStyle(document.documentElement);
  const lues = new Map<string, string>();
  return {
    sombre: document.documentElement.dataset['theme'] === 'sombre',
    de: (nom) => {
      const connue = lues.get(nom);
      if (connue !== undefined) return connue;
      const couleur = styles.getPropertyValue(`--${nom}`).trim() || '#888888';
      lues.set(nom, couleur);
      return couleur;
    },
  };
}

export function usePalette(): Palette {
  const [palette, setPalette] = useState(lire);
  useEffect(() => {
    const suivi = new MutationObserver(() => setPalette(lire()));
    suivi.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => suivi.disconnect();
  }, []);
  return palette;
}
