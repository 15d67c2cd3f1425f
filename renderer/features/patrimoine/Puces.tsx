import { X } from 'lucide-react';
import type { Filtres } from '../../app/session.ts';
import { Bouton } from '../../ui/index.ts';
import { accord } from '../../ui/format.ts';
import { ecrireBorne } from './bornes.ts';
import { texteCase, type Colonne } from './cases.tsx';
import { montrer, PARC, poserFiltre, type Filtre } from './filtres.ts';

const HORS_TABLE: Record<string, string> = { parc: 'Parc', commune: 'Commune', departement: 'Département', code_ensemble: 'Ensemble', decennie: 'Construits', dpe_periode: 'DPE fait' };

/** Une phrase courte par filtre : « Financement initial : 13 PLUS », « Surface habitable : 40 à 60 m² ». */
export function direFiltre(f: Filtre, colonnes: readonly Colonne[], noms: Record<string, string>): string {
  if (f.colonne === 'parc') return f.valeurs?.includes('oui') ? 'Dans le parc' : 'Sortis du parc';
  const colonne = colonnes.find((c) => c.nom === f.colonne);
  const nom = HORS_TABLE[f.colonne] ?? colonne?.libelle ?? f.colonne;
  if (f.contient !== undefined) return `${nom} contient « ${f.contient} »`;
  if (f.vide !== undefined) return `${nom} : ${f.vide ? 'inconnu' : 'renseigné'}`;
  if (colonne && (f.de !== undefined || f.a !== undefined)) return `${nom} : ${direIntervalle(colonne, f.de, f.a)}`;
  const valeurs = f.valeurs ?? [];
  if (valeurs.length === 0) return `${nom} : aucune valeur`;
  return valeurs.length > 3 ? `${nom} : ${accord(valeurs.length, 'valeur')}` : `${nom} : ${valeurs.map((v) => direValeur(f.colonne, v, colonne, noms)).join(', ')}`;
}

function direValeur(nom: string, v: string, colonne: Colonne | undefined, noms: Record<string, string>): string {
  if (v === '') return 'inconnu';
  if (nom === 'decennie') return v === '1900' ? 'avant 1910' : `${v} à ${Number(v) + 9}`;
  // Les noms sont ceux des territoires : « 13 » est aussi un code de financement.
  if (nom === 'commune' || nom === 'departement' || nom === 'epci') return noms[v] ?? v;
  if (!colonne) return v;
  return texteCase(colonne, colonne.type === 'euros' || colonne.type === 'surface' ? Number(v) : v);
}

function direIntervalle(colonne: Colonne, de: string | undefined, a: string | undefined): string {
  const unite = colonne.type === 'euros' ? '\u00a0€' : colonne.type === 'surface' ? '\u00a0m²' : '';
  const dire = (b: string) => ecrireBorne(colonne, b);
  if (a === undefined) return `à partir de ${dire(de ?? '')}${unite}`;
  return de === undefined ? `jusqu’à ${dire(a)}${unite}` : de === a ? `${dire(de)}${unite}` : `${dire(de)} à ${dire(a)}${unite}`;
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
          <li key={JSON.stringify(f)}>
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
