import { X } from 'lucide-react';
import type { Filtres } from '../../app/session.ts';
import { Bouton } from '../../ui/index.ts';
import { accord } from '../../ui/format.ts';
import { texteCase, type Colonne } from './cases.tsx';
import { montrer, PARC, poserFiltre, type Filtre } from './filtres.ts';

const HORS_TABLE: Record<string, string> = { parc: 'Parc', departement: 'Département', code_ensemble: 'Ensemble' };

/** Une phrase courte par filtre : « Financement initial : 13 PLUS ». */
export function direFiltre(f: Filtre, colonnes: readonly Colonne[], noms: Record<string, string>): string {
  if (f.colonne === 'parc') return f.valeurs?.includes('oui') ? 'Dans le parc' : 'Sortis du parc';
  const colonne = colonnes.find((c) => c.nom === f.colonne);
  const nom = f.colonne === 'commune' ? 'Commune' : (HORS_TABLE[f.colonne] ?? colonne?.libelle ?? f.colonne);
  if (f.contient !== undefined) return `${nom} contient « ${f.contient} »`;
  const valeurs = f.valeurs ?? [];
  // Les noms sont ceux des territoires : « 13 » est aussi un code de financement.
  const territoire = f.colonne === 'commune' || f.colonne === 'departement';
  const dire = (v: string) => (v === '' ? 'inconnu' : territoire ? (noms[v] ?? v) : colonne ? texteCase(colonne, colonne.type === 'euros' || colonne.type === 'surface' ? Number(v) : v) : v);
  if (valeurs.length === 0) return `${nom} : aucune valeur`;
  const annees = f.colonne === 'construct' && valeurs.length > 3 && !valeurs.includes('');
  if (annees) {
    const triees = valeurs.toSorted();
    return `${nom} : ${triees[0]} à ${triees[triees.length - 1]}`;
  }
  return valeurs.length > 3 ? `${nom} : ${accord(valeurs.length, 'valeur')}` : `${nom} : ${valeurs.map(dire).join(', ')}`;
}

/** Ce qui est filtré, dit en mots ; chaque filtre se lève d'un clic. */
export function Puces({ filtres, colonnes, noms }: { filtres: Filtres; colonnes: readonly Colonne[]; noms: Record<string, string> }) {
  if (filtres.length === 0) {
    return (
      <p className="puces doux">
        Tous les logements déclarés, sortis du parc compris.
        <Bouton variante="texte" onClick={() => montrer([PARC])}>
          Revenir au parc
        </Bouton>
      </p>
    );
  }
  return (
    <ul className="puces" aria-label="Filtres">
      {filtres.map((f) => {
        const texte = direFiltre(f, colonnes, noms);
        return (
          <li key={f.colonne}>
            <button type="button" className="puce" aria-label={`Lever le filtre ${texte}`} onClick={() => poserFiltre(f.colonne, null)}>
              <span className="coupe">{texte}</span>
              <X aria-hidden="true" />
            </button>
          </li>
        );
      })}
      {filtres.length > 1 && (
        <li>
          <Bouton variante="texte" onClick={() => montrer([PARC])}>
            Tout lever
          </Bouton>
        </li>
      )}
    </ul>
  );
}
