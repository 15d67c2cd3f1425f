import { ChevronDown, ChevronRight } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { inspecter, suivre } from '../../app/inspecteur.ts';
import { triSuivant, type ColonneGrille, type Tri } from '../../grille/colonnes.ts';
import { Grille } from '../../grille/Grille.tsx';
import { Echec } from '../../ui/index.ts';
import { accord, deuxDecimales, nombre } from '../../ui/format.ts';
import type { Colonne } from './cases.tsx';
import { PREMIERE } from './colonnesChoisies.ts';
import { nomGroupe, useDefinitions } from './definitions.tsx';
import { useSelection, type TriGroupes } from './filtres.ts';
import { useGroupes, type Rang } from './groupes.ts';

/** Les colonnes de sous-totaux, et ce qu'un logement y montre : lui-même. */
const SOMMES: { cle: TriGroupes['colonne']; libelle: string; largeur: number; groupe: (r: Rang & { genre: 'groupe' }) => string; champ: string | null }[] = [
  { cle: 'logements', libelle: 'Logements', largeur: 96, groupe: (r) => nombre(r.totaux.logements), champ: null },
  { cle: 'surfaceHabitable', libelle: 'Surface habitable (m²)', largeur: 150, groupe: (r) => deuxDecimales(r.totaux.surfaceHabitable), champ: 'surfhab' },
  { cle: 'loyerMensuel', libelle: 'Loyers (€/mois)', largeur: 130, groupe: (r) => deuxDecimales(r.totaux.loyerMensuel), champ: 'loyerprinc' },
  { cle: 'loues', libelle: 'Loués', largeur: 84, groupe: (r) => nombre(r.totaux.loues), champ: 'mode' },
];
const CLES: readonly string[] = ['cle', ...SOMMES.map((s) => s.cle)];
const estCleGroupe = (cle: string): cle is TriGroupes['colonne'] => CLES.includes(cle);

function deLogement(champ: string | null, r: Rang & { genre: 'logement' }): string {
  if (champ === null) return '';
  const v = r.logement[champ] ?? null;
  if (champ === 'mode') return v === 1 ? 'oui' : v === null ? '–' : 'non';
  return typeof v === 'number' ? deuxDecimales(v) : '–';
}

/** La table groupée par une colonne ou deux : sous-totaux par groupe, qui s'ouvre sur ses logements. */
export function TableGroupes({ colonnes }: { colonnes: readonly Colonne[] }) {
  const { groupe, filtres, tri, par, triGroupes, ouverts } = useSelection();
  const table = useGroupes(par, filtres, triGroupes, tri, ouverts);
  const [choisie, setChoisie] = useState<number | null>(null);
  const { definitions } = useDefinitions(colonnes, groupe, filtres);
  const titre = par.map((p, i) => (i === 0 ? nomGroupe(p, colonnes) : nomGroupe(p, colonnes).toLowerCase())).join(', puis ');
  const colonnesGrille = useMemo((): ColonneGrille<Rang>[] => {
    const champs = new Set([PREMIERE, ...SOMMES.flatMap((s) => s.champ ?? [])]);
    return [
      { cle: 'cle', libelle: titre, largeur: 280, triable: true, contenu: montrerNom },
      ...SOMMES.map((s): ColonneGrille<Rang> => ({ cle: s.cle, libelle: s.libelle, largeur: s.largeur, droite: true, triable: true, contenu: (r) => (r.genre === 'groupe' ? s.groupe(r) : deLogement(s.champ, r)) })),
      ...definitions.filter((d) => !champs.has(d.cle)).map((d): ColonneGrille<Rang> => {
        const { contenu, sujet, marque, ...reste } = d;
        return {
          ...reste,
          contenu: (r) => (r.genre === 'logement' ? contenu(r.logement) : ''),
          ...(marque ? { marque: (r: Rang) => (r.genre === 'logement' ? marque(r.logement) : null) } : {}),
          ...(sujet ? { sujet: (r: Rang) => (r.genre === 'logement' ? sujet(r.logement) : null) } : {}),
        };
      }),
    ];
  }, [definitions, titre]);
  const triMontre: Tri | null = tri ?? triGroupes;
  const surTri = useCallback((colonne: string) => {
    useSelection.setState((s) => {
      if (!estCleGroupe(colonne)) return { tri: triSuivant(s.tri, colonne) };
      const meme = s.triGroupes.colonne === colonne;
      // Les plus grands d'abord ; les noms, dans leur ordre.
      const sens = meme ? (s.triGroupes.sens === 'asc' ? 'desc' : 'asc') : colonne === 'cle' ? 'asc' : 'desc';
      return { tri: null, triGroupes: { colonne, sens } };
    });
  }, []);
  const surSujet = useCallback((sujet: string, demande: boolean) => (demande ? inspecter(sujet) : suivre(sujet)), []);
  function basculer(index: number): void {
    const r = table.rangA(index);
    if (r?.genre !== 'groupe') return;
    const suite = new Set(ouverts);
    if (!suite.delete(r.chemin)) suite.add(r.chemin);
    useSelection.setState({ ouverts: suite });
  }
  const cadre = useRef<HTMLDivElement | null>(null);
  useEffect(() => {
    // Groupée depuis le menu d'une colonne, la table d'avant n'est plus là : celle-ci prend le clavier.
    if (document.activeElement === document.body) cadre.current?.focus();
  }, []);
  const totaux = table.donnees?.totaux;
  return (
    <>
      {table.erreur && <Echec erreur={table.erreur} reessayer={table.recharger} />}
      <Grille
        nom={`Logements par ${titre}`}
        racine={cadre}
        colonnes={colonnesGrille}
        total={table.total}
        ligneA={(i) => table.rangA(i)}
        tri={triMontre}
        surTri={surTri}
        surVisible={(de, a) => table.surVisible(de, a)}
        deplier={{ etat: (i) => etatDe(table.rangA(i)), basculer }}
        totaux={
          totaux
            ? { cle: accord(table.donnees?.groupes.length ?? 0, 'groupe'), logements: nombre(totaux.logements), surfaceHabitable: deuxDecimales(totaux.surfaceHabitable), loyerMensuel: deuxDecimales(totaux.loyerMensuel), loues: nombre(totaux.loues) }
            : {}
        }
        choisie={choisie}
        surChoix={setChoisie}
        surSujet={surSujet}
        occupe={table.chargement}
        vide={table.chargement ? 'Lecture des groupes…' : 'Aucun logement ne répond à ces filtres.'}
      />
    </>
  );
}

function etatDe(r: Rang | null): { niveau: number; ouvert: boolean | null } | null {
  if (r === null) return null;
  return r.genre === 'groupe' ? { niveau: r.niveau, ouvert: r.ouvert } : { niveau: r.niveau, ouvert: null };
}

function montrerNom(r: Rang): ReactNode {
  if (r.genre === 'logement') return <span style={{ paddingLeft: 16 * r.niveau }}>{String(r.logement[PREMIERE] ?? '')}</span>;
  const Chevron = r.ouvert ? ChevronDown : ChevronRight;
  return (
    <span className="groupe-nom" style={{ paddingLeft: 16 * (r.niveau - 1) }}>
      <Chevron aria-hidden="true" />
      {r.libelle}
    </span>
  );
}
