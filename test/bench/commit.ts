import { openConnexion, setWritingMode } from '../../electron/store/connexion.ts';

export type Etalon = { /** Un enregistrement nu : une ligne changée, écrite jusqu'au disque. En ms. */ mesurer(): number; fermer(): void };

/** L'étalon d'un enregistrement, à mesurer en alternance avec ce qu'on lui compare : un disque occupé ralentit les deux. */
export function openEtalon(dossier: string): Etalon {
  const base = openConnexion(dossier);
  setWritingMode(base);
  const changer = base.prepare("INSERT INTO champ (nom, valeur) VALUES ('mesure', ?) ON CONFLICT DO UPDATE SET valeur = excluded.valeur");
  let n = 0;
  return {
    mesurer() {
      const debut = performance.now();
      changer.run(String(n++));
      return performance.now() - debut;
    },
    fermer: () => base.close(),
  };
}

/** Durée médiane d'un enregistrement nu dans ce dossier, en ms. */
export function bareCommit(dossier: string): number {
  const etalon = openEtalon(dossier);
  try {
    return Array.from({ length: 41 }, () => etalon.mesurer()).toSorted((a, b) => a - b)[20] ?? Number.NaN;
  } finally {
    etalon.fermer();
  }
}
