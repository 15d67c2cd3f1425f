import { openConnexion, setWritingMode } from '../../electron/store/connexion.ts';

/** Durée médiane d'un enregistrement nu dans ce dossier, en ms : une ligne changée, écrite jusqu'au disque. */
export function bareCommit(dossier: string): number {
  const base = openConnexion(dossier);
  try {
    setWritingMode(base);
    const changer = base.prepare("INSERT INTO champ (nom, valeur) VALUES ('mesure', ?) ON CONFLICT DO UPDATE SET valeur = excluded.valeur");
    const durees = Array.from({ length: 41 }, (_, i) => {
      const debut = performance.now();
      changer.run(String(i));
      return performance.now() - debut;
    });
    return durees.toSorted((a, b) => a - b)[20] ?? Number.NaN;
  } finally {
    base.close();
  }
}
