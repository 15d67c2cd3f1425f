import { useMemo } from 'react';
import type { Filtres } from '../../app/session.ts';
import type { ColonneGrille } from '../../grille/colonnes.ts';
import { aDroite, contenuCase, intitule, largeurDe, type Colonne, type Logement } from './cases.tsx';
import { choisirColonnes, colonnesMontrees, PREMIERE, useColonnesChoisies } from './colonnesChoisies.ts';
import { estFiltree, grouperPar, useSelection } from './filtres.ts';
import { VoletColonne } from './VoletFiltre.tsx';

/** L'identifiant d'un bailleur repris commence par son SIREN. */
const LARGEUR_AVEC_SIREN = 216;

/** Colonnes qui n'ont pas deux logements de même valeur : grouper par elles ne résume rien. */
const SANS_GROUPE = new Set([PREMIERE, 'ident_rep']);

/** Sur quelle colonne grouper quand on groupe par celle-ci : un nom de commune ou d'ensemble se groupe par son code. */
const colonneGroupee = (nom: string): string => (nom === 'nom_commune' ? 'commune' : nom === 'nom_ensemble' ? 'code_ensemble' : nom);

const NOMS: Readonly<Record<string, string>> = { commune: 'Commune', code_ensemble: 'Ensemble immobilier' };

/** Ce que dit un groupement : « Commune », non « Commune (code) ». */
export const nomGroupe = (nom: string, colonnes: readonly Colonne[]): string => NOMS[nom] ?? colonnes.find((c) => c.nom === nom)?.libelle ?? nom;

/** Les colonnes choisies, avec leur menu : trier, grouper, masquer, filtrer. */
export function useDefinitions(colonnes: readonly Colonne[], groupe: string, filtres: Filtres): { montrees: Colonne[]; definitions: ColonneGrille<Logement>[] } {
  const choix = useColonnesChoisies((s) => s.choix);
  const montrees = useMemo(() => colonnesMontrees(colonnes, groupe, choix), [colonnes, groupe, choix]);
  const definitions = useMemo(() => {
    const avecSiren = montrees.some((m) => m.nom === 'organisme_origine');
    return montrees.map((c): ColonneGrille<Logement> => ({
      cle: c.nom,
      libelle: intitule(c),
      aide: c.nom === 'nom_commune' ? 'Commune d’aujourd’hui' : intitule(c),
      largeur: c.nom === PREMIERE && avecSiren ? LARGEUR_AVEC_SIREN : largeurDe(c),
      droite: aDroite(c),
      contenu: (l) => contenuCase(c, l[c.nom] ?? null),
      ...(c.nom === 'nom_ensemble' ? { sujet: (l: Logement) => (typeof l['code_ensemble'] === 'string' ? `ensemble/${l['code_ensemble']}` : null) } : {}),
      triable: true,
      filtre: {
        actif: estFiltree(filtres, c.nom),
        volet: (
          <VoletColonne
            colonne={c}
            filtres={filtres}
            actions={{
              trier: (sens) => useSelection.setState({ tri: { colonne: c.nom, sens } }),
              grouper: SANS_GROUPE.has(c.nom) ? null : () => grouperPar([...useSelection.getState().par.slice(0, 1), colonneGroupee(c.nom)]),
              masquer: c.nom === PREMIERE ? null : () => choisirColonnes(groupe, montrees.map((m) => m.nom).filter((n) => n !== c.nom)),
            }}
          />
        ),
      },
    }));
  }, [montrees, filtres, groupe]);
  return { montrees, definitions };
}
