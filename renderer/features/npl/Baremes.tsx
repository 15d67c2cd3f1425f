import { FileUp } from 'lucide-react';
import { useState } from 'react';
import type { Sortie } from '../../../shared/contract.ts';
import { libelleBase } from '../../../shared/domain/loyers/npl/libelles.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import { Bandeau, Bouton, Coche, Echec, Saisie, Squelette } from '../../ui/index.ts';
import { accord, decimal, nombre, typographie } from '../../ui/format.ts';
import { TableBareme } from './TableBareme.tsx';
import { estAnnee } from './Scenarios.tsx';
import { direDouble } from './double.ts';

type Baremes = Sortie<'npl.baremes'>;
type Nature = 'plafonds' | 'zones' | 'irl';
const PRODUITS = ['PLAI', 'PLUS', 'PLS', 'PLI'] as const;
type Produit = (typeof PRODUITS)[number];
const ZONAGES: Record<'123' | 'ABC', string> = { '123': '1, 1bis, 2, 3 (PLAI et PLUS)', ABC: 'Abis, A, B1, B2, C (PLS et PLI)' };
const TITRES: Record<Nature, string> = { plafonds: 'Charger des plafonds de loyer', zones: 'Charger un zonage de communes', irl: 'Charger des IRL' };
const COLONNES: Record<Nature, string> = { plafonds: 'colonnes annee, produit, zone, maximum, source ; ou une colonne par année, par zone ou par produit', zones: 'une colonne de codes Insee, une de zones par zonage ; les communes que le fichier ne nomme pas gardent leur zone', irl: 'colonnes annee, indice, source' };

/** Ce que les scénarios lisent : plafonds de loyer, limite de R445-10, IRL, zonages. Rien n'est fourni : tout vient de la personne, avec sa source. */
export function Baremes({ lectureSeule }: { lectureSeule: boolean }) {
  const lu = useRequete('npl.baremes', {});
  const definir = useOperation('npl.definirBaremes');
  if (!lu.donnees) return lu.erreur ? <Echec erreur={lu.erreur} reessayer={lu.recharger} /> : <Squelette lignes={8} />;
  const { plafonds, limites, irl, zones } = lu.donnees;
  const ecrire = async (demande: Parameters<typeof definir.lancer>[0]): Promise<boolean> => (await definir.lancer(demande)) !== null;
  const vides = plafonds.length + limites.length + irl.length + zones.length === 0;
  return (
    <div className="npl-baremes defile">
      {vides && <Bandeau ton="info" titre="Aucun barème n’est fourni avec l’application.">Plafonds, limite, IRL et zonages se saisissent ici ou se chargent d’un fichier, avec leur source. Sans eux, la masse se calcule ; les comparaisons aux plafonds de zone et au PLS ne se font pas.</Bandeau>}
      {definir.erreur && <Echec erreur={definir.erreur} fermer={definir.effacer} />}
      <section>
        <h2 className="titre-section">Plafonds de loyer</h2>
        <p className="doux petit">Par année, produit et zone, en €/m² et par mois, surface utile. Deux valeurs pour une même case s’annulent, et un constat le dit.</p>
        <TableBareme
          nom="Plafonds de loyer"
          vide="Aucun plafond saisi."
          lectureSeule={lectureSeule}
          colonnes={[{ cle: 'annee', libelle: 'Année' }, { cle: 'produit', libelle: 'Produit', options: PRODUITS }, { cle: 'zone', libelle: 'Zone' }, { cle: 'maximum', libelle: 'Maximum €/m²', droite: true }, { cle: 'source', libelle: 'Source', large: true }]}
          lignes={plafonds.map((p) => ({ cle: String(p.id), ...direDouble(p, plafonds), textes: { annee: String(p.annee), produit: p.produit, zone: p.zone, maximum: decimal(p.maximum), source: p.source } }))}
          verifier={(t) => estAnnee(t['annee'] ?? '') ?? (lireProduit(t['produit']) === null ? 'Produit : PLAI, PLUS, PLS ou PLI.' : null)}
          poser={(cle, t) => ecrire({ plafonds: [{ ...(cle === null ? {} : { id: Number(cle) }), annee: Number(t['annee']), produit: lireProduit(t['produit']) ?? 'PLUS', zone: t['zone'] ?? '', maximum: t['maximum'] ?? '', source: t['source'] ?? '' }] })}
          retirer={(cle, t) => ecrire({ plafonds: [{ id: Number(cle), annee: Number(t['annee']), produit: lireProduit(t['produit']) ?? 'PLUS', zone: t['zone'] ?? '', maximum: null, source: '' }] })}
        />
        {!lectureSeule && <Charger nature="plafonds" />}
      </section>
      <section>
        <h2 className="titre-section">Limite des ensembles sans plafond (R445-10)</h2>
        <p className="doux petit">Montant par m² et par mois fixé par arrêté, dans la limite duquel comptent les loyers pratiqués, révisés à l’année du scénario ; la limite, elle, vaut telle qu’écrite. L’arrêté en vigueur n’a pas été retrouvé : à saisir avec sa source.</p>
        <TableBareme
          nom="Limite de R445-10"
          vide="Aucune limite saisie : les ensembles sans plafond de loyer ne sont pas comptés."
          lectureSeule={lectureSeule}
          colonnes={[{ cle: 'base', libelle: 'Base (SU ou SC)', options: ['SU', 'SC'] }, { cle: 'maximum', libelle: 'Limite €/m²', droite: true }, { cle: 'annee', libelle: 'Année de l’arrêté', facultative: true }, { cle: 'source', libelle: 'Source', large: true }]}
          lignes={limites.map((l) => ({ cle: l.base, textes: { base: l.base, maximum: decimal(l.maximum), annee: l.annee === undefined ? '' : String(l.annee), source: l.source } }))}
          verifier={(t) => (lireBase(t['base']) === null ? `Base : SU (${libelleBase('SU').toLowerCase()}) ou SC (${libelleBase('SC').toLowerCase()}).` : (t['annee'] ?? '').trim() === '' ? null : estAnnee(t['annee'] ?? ''))}
          fixes={['base']}
          poser={(_, t) => ecrire({ limites: [{ base: lireBase(t['base']) ?? 'SU', maximum: t['maximum'] ?? '', annee: (t['annee'] ?? '').trim() === '' ? null : Number(t['annee']), source: t['source'] ?? '' }] })}
          retirer={(cle) => ecrire({ limites: [{ base: lireBase(cle) ?? 'SU', maximum: null, source: '' }] })}
        />
      </section>
      <section>
        <h2 className="titre-section">IRL du deuxième trimestre</h2>
        <p className="doux petit">Masse, maximums et moyennes se révisent au 1er janvier selon l’IRL du deuxième trimestre de l’année précédente (L445-3, V). Un montant de 2026 est amené à 2027 par les indices de 2025 et de 2026 ; s’il en manque un, rien n’est révisé, d’aucun côté.</p>
        <TableBareme
          nom="IRL"
          vide="Aucun IRL saisi."
          lectureSeule={lectureSeule}
          colonnes={[{ cle: 'annee', libelle: 'Année' }, { cle: 'indice', libelle: 'Indice T2', droite: true }, { cle: 'source', libelle: 'Source', large: true }]}
          lignes={irl.map((i) => ({ cle: String(i.annee), textes: { annee: String(i.annee), indice: decimal(i.indice), source: i.source } }))}
          verifier={(t) => estAnnee(t['annee'] ?? '')}
          fixes={['annee']}
          poser={(_, t) => ecrire({ irl: [{ annee: Number(t['annee']), indice: t['indice'] ?? '', source: t['source'] ?? '' }] })}
          retirer={(cle) => ecrire({ irl: [{ annee: Number(cle), indice: null, source: '' }] })}
        />
        {!lectureSeule && <Charger nature="irl" />}
      </section>
      <section>
        <h2 className="titre-section">Zonages de communes</h2>
        {zones.length === 0 ? <p className="doux">Aucun zonage chargé : les zones des ensembles ne sont pas connues.</p> : <Zonages zones={zones} />}
        {!lectureSeule && <Charger nature="zones" />}
      </section>
    </div>
  );
}

const lireProduit = (t: string | undefined): Produit | null => PRODUITS.find((p) => p === t?.trim().toUpperCase()) ?? null;
const lireBase = (t: string | undefined): 'SU' | 'SC' | null => (['SU', 'SC'] as const).find((b) => b === t?.trim().toUpperCase()) ?? null;

function Zonages({ zones }: { zones: Baremes['zones'] }) {
  return (
    <table className="npl-liste">
      <thead><tr><th scope="col">Zonage</th><th scope="col" className="nombre">Communes</th><th scope="col">Source</th><th scope="col">Logements du parc</th></tr></thead>
      <tbody>
        {zones.map((z) => (
          <tr key={z.zonage}>
            <td>{ZONAGES[z.zonage]}</td>
            <td className="nombre">{nombre(z.communes)}</td>
            <td>{z.source || <span className="doux">sans source</span>}</td>
            <td>{z.parcSansZone === 0 ? `${accord(z.parc, 'logement')}, tous avec une zone` : <span className="npl-fautif">{nombre(z.parcSansZone)} sur {nombre(z.parc)} dans une commune sans zone</span>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Charger un barème d'un fichier, avec sa source ; ce qui est refusé est nommé. */
function Charger({ nature }: { nature: Nature }) {
  const [source, setSource] = useState('');
  const importer = useOperation('npl.importerBareme');
  const [remplacer, setRemplacer] = useState(false);
  const bilan = importer.resultat;
  async function choisir() {
    const chemin = await window.atelier.choisirFichier({ titre: TITRES[nature], filtres: [{ nom: 'Tableau', extensions: ['csv', 'xlsx', 'ods', 'txt'] }] });
    if (chemin) await importer.lancer({ chemin, nature, source: source.trim(), remplacer });
  }
  return (
    <div className="npl-charger">
      <p className="npl-rangee">
        <Bouton icone={FileUp} occupe={importer.enCours} onClick={() => void choisir()}>{`${TITRES[nature]}…`}</Bouton>
        <Saisie compact aria-label={`Source : ${TITRES[nature].toLowerCase()}`} placeholder="Source (arrêté, avis, date)" value={source} onChange={(e) => setSource(e.currentTarget.value)} />
        <Coche coche={remplacer} surChange={setRemplacer}>{nature === 'zones' ? 'Remplacer les zones déjà chargées' : 'Remplacer les cases déjà saisies'}</Coche>
        <span className="doux petit">CSV ou classeur, {COLONNES[nature]}.</span>
      </p>
      {importer.erreur && <Echec erreur={importer.erreur} fermer={importer.effacer} />}
      {bilan && (
        <Bandeau
          ton={bilan.refusees.length + bilan.contraires.length > 0 ? 'attention' : 'succes'}
          titre={`${accord(bilan.lignes, nature === 'zones' ? 'zone lue' : 'valeur lue', nature === 'zones' ? 'zones lues' : 'valeurs lues')}, ${accord(bilan.enregistrees, nature === 'zones' ? 'zone' : 'valeur')} enregistrée${bilan.enregistrees > 1 ? 's' : ''}${bilan.identiques > 0 ? `, ${accord(bilan.identiques, 'déjà là', 'déjà là')}` : ''}${bilan.remplacees > 0 ? `, ${accord(bilan.remplacees, nature === 'zones' ? 'zone remplacée' : 'case remplacée', nature === 'zones' ? 'zones remplacées' : 'cases remplacées')}` : ''}${bilan.refusees.length > 0 ? `, ${accord(bilan.refusees.length, 'refus', 'refus')}` : ''}.`}
          actions={<Bouton variante="texte" onClick={importer.effacer}>Masquer</Bouton>}
        >
          {bilan.contraires.length > 0 && <ul className="npl-refus defile">{bilan.contraires.map((c) => <li key={c}>{typographie(`Deux valeurs pour une case, aucune n’est retenue : ${c}.`)}</li>)}</ul>}
          {bilan.ignorees.length > 0 && <p className="petit">Colonnes non lues : {bilan.ignorees.join(', ')}.</p>}
          {bilan.refusees.length > 0 && <ul className="npl-refus defile">{bilan.refusees.map((r, i) => <li key={i}>{typographie(r.ligne > 0 ? `Ligne ${r.ligne} : ${r.raison}` : r.raison)}</li>)}</ul>}
        </Bandeau>
      )}
    </div>
  );
}
