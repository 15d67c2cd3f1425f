import { MessageSquarePlus, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { formatSiren } from '../../../shared/domain/organisme/siren.ts';
import { nomRetour } from '../../../shared/paquet/noms.ts';
import { estEtape, LIBELLES } from '../../app/etapes.ts';
import { aplatir } from '../../app/entreesPalette.ts';
import { NATURES } from '../../../shared/domain/observations/libelles.ts';
import { useOperation } from '../../app/operation.ts';
import { Bandeau, Bouton, BoutonIcone, Champ, Choix, classes, Echec, Paragraphe, Recherche, Saisie } from '../../ui/index.ts';
import { accord, nomDeFichier, parQuatre, typographie } from '../../ui/format.ts';
import { Signature, type ChoixSignature } from '../controle/Signature.tsx';
import { estUtile, garderBrouillon, lireBrouillon, useBrouillons, type AvisRendu, type Brouillon, type Nature, type Remarque } from './brouillon.ts';
import type { Lu } from './Verifier.tsx';

const PAS = 150;
const OPTIONS_NATURE = (Object.keys(NATURES) as Nature[]).map((valeur) => ({ valeur, libelle: NATURES[valeur] }));
const OPTIONS_AVIS: { valeur: AvisRendu; libelle: string }[] = [
  { valeur: 'favorable', libelle: 'Favorable' },
  { valeur: 'reserve', libelle: 'Réservé' },
  { valeur: 'defavorable', libelle: 'Défavorable' },
];

function direBrouillon(n: number): string {
  return n === 0 ? 'Aucune observation en cours.' : `${accord(n, 'observation')} en cours, ${n === 1 ? 'gardée' : 'gardées'} sur ce poste.`;
}

/** Le paquet lu champ par champ, où l'instructeur écrit ses remarques et d'où il tire un Retour. */
export function Lecture({ chemin, lu }: { chemin: string; lu: Lu }) {
  const empreinte = lu.empreinte ?? chemin;
  const garde = useBrouillons((s) => s.parEmpreinte[empreinte]);
  const brouillon = useMemo(() => garde ?? lireBrouillon(empreinte), [garde, empreinte]);
  const changer = (suite: Partial<Brouillon>) => garderBrouillon(empreinte, { ...brouillon, ...suite });
  const [recherche, setRecherche] = useState('');
  const [montres, setMontres] = useState(PAS);

  const parties = aplatir(recherche).split(/\s+/).filter(Boolean);
  const uniques = useMemo(() => [...new Map(lu.champs.map((c) => [c.champ, c])).values()], [lu]);
  const champs = uniques.filter((c) => parties.every((p) => aplatir(`${c.libelle} ${c.valeur ?? ''} ${c.champ}`).includes(p)));
  const changerRemarque = (rang: number, suite: Partial<Remarque>) =>
    changer({ remarques: brouillon.remarques.map((r, i) => (i === rang ? { ...r, ...suite } : r)) });

  return (
    <>
      <section className="lecture" aria-label="Lecture du paquet">
        <div className="lecture-tete">
          <div>
            <h2 className="titre-section">
              {lu.organisme?.nom}, version {lu.version}
            </h2>
            <p className="doux petit">
              SIREN {formatSiren(lu.organisme?.siren ?? '')}
              {lu.empreinte && ` · empreinte ${parQuatre(lu.empreinte.slice(0, 16))}…`}
            </p>
          </div>
          <Recherche nom="Chercher un champ" value={recherche} onChange={(e) => setRecherche(e.target.value)} />
        </div>
        <p className="doux petit">
          {accord(champs.length, 'champ')}. {direBrouillon(brouillon.remarques.filter(estUtile).length)}
        </p>
        <ul>
          {champs.slice(0, montres).map((c, i) => {
            const titre = c.etape === champs[i - 1]?.etape ? null : estEtape(c.etape) ? LIBELLES[c.etape] : c.etape;
            const remarques = brouillon.remarques.flatMap((r, rang) => (r.champ === c.champ ? [{ r, rang }] : []));
            return (
              <li key={c.champ}>
                {titre && <h3 className="etiquette lecture-etape">{titre}</h3>}
                <div className={classes('lecture-champ', remarques.length > 0 && 'lecture-annote')}>
                  <span className="lecture-libelle">{typographie(c.libelle)}</span>
                  <span className="lecture-valeur">{c.valeur ?? <span className="doux">vide</span>}</span>
                  <BoutonIcone
                    nom={`Observation sur ${c.libelle}`}
                    icone={MessageSquarePlus}
                    onClick={() =>
                      changer({ remarques: [...brouillon.remarques, { champ: c.champ, nature: 'a-corriger', texte: '', valeurProposee: '' }] })
                    }
                  />
                </div>
                {remarques.map(({ r, rang }) => (
                  <div key={rang} className="remarque" role="group" aria-label={`Observation sur ${c.libelle}`}>
                    <Choix compact nom="Nature de l’observation" valeur={r.nature} options={OPTIONS_NATURE} surChoix={(nature) => changerRemarque(rang, { nature })} />
                    <Saisie
                      compact
                      aria-label="Valeur proposée"
                      placeholder="Valeur proposée"
                      value={r.valeurProposee}
                      onChange={(e) => changerRemarque(rang, { valeurProposee: e.target.value })}
                    />
                    <BoutonIcone
                      nom="Retirer cette observation"
                      icone={Trash2}
                      onClick={() => changer({ remarques: brouillon.remarques.filter((_, autre) => autre !== rang) })}
                    />
                    <Paragraphe
                      autoFocus={r.texte === ''}
                      rows={2}
                      aria-label="Texte de l’observation"
                      value={r.texte}
                      onChange={(e) => changerRemarque(rang, { texte: e.target.value })}
                    />
                  </div>
                ))}
              </li>
            );
          })}
        </ul>
        {champs.length > montres && (
          <Bouton variante="texte" onClick={() => setMontres((m) => m + PAS)}>
            {`Montrer les suivants (${champs.length - montres})`}
          </Bouton>
        )}
      </section>
      <Produire chemin={chemin} lu={lu} brouillon={brouillon} changer={changer} />
    </>
  );
}

function Produire({ chemin, lu, brouillon, changer }: { chemin: string; lu: Lu; brouillon: Brouillon; changer: (suite: Partial<Brouillon>) => void }) {
  const annoter = useOperation('paquet.annoter', false);
  const [signature, setSignature] = useState<ChoixSignature>({ mode: 'sans', p12: null, motDePasse: '', lu: null });
  const remarques = brouillon.remarques.filter(estUtile);
  const sans = signature.mode === 'sans';

  async function produire() {
    const extension = sans ? 'xlsx' : 'asice';
    const sortie = await window.atelier.choisirDestination({
      titre: 'Où écrire le retour',
      filtres: sans
        ? [{ nom: 'Classeur', extensions: ['xlsx'] }, { nom: 'Paquet non signé', extensions: ['zip'] }]
        : [{ nom: 'Paquet signé', extensions: ['asice'] }],
      defaut: nomRetour(lu.organisme?.siren ?? '', lu.version ?? 1, true).replace(/asice$/, extension),
    });
    if (!sortie) return;
    await annoter.lancer({
      paquet: chemin,
      sortie,
      ...(brouillon.avis ? { avis: brouillon.avis } : {}),
      ...(brouillon.auteur.trim() ? { auteur: brouillon.auteur.trim() } : {}),
      observations: remarques.map((r) => ({
        champ: r.champ,
        nature: r.nature,
        texte: r.texte.trim(),
        ...(r.valeurProposee.trim() ? { valeurProposee: r.valeurProposee.trim() } : {}),
      })),
      ...(sans || !signature.p12 ? {} : { p12: signature.p12, motDePasse: signature.motDePasse }),
    });
  }

  return (
    <section className="produire" aria-label="Retour">
      <h2 className="titre-section">Le retour</h2>
      <div className="produire-champs">
        <Champ libelle="Auteur" aide="Service et nom, tels que l’organisme les lira.">
          {({ id, decrit }) => <Saisie id={id} aria-describedby={decrit} value={brouillon.auteur} onChange={(e) => changer({ auteur: e.target.value })} />}
        </Champ>
        <Champ libelle="Avis" aide="Facultatif.">
          {({ id, decrit }) => <Choix id={id} decrit={decrit} valeur={brouillon.avis} options={OPTIONS_AVIS} surChoix={(avis) => changer({ avis })} />}
        </Champ>
      </div>
      <Signature choix={signature} surChoix={setSignature} sansTexte="Le retour est un classeur .xlsx que tout tableur ouvre, ou un .zip non signé." />
      {annoter.erreur && <Echec erreur={annoter.erreur} fermer={annoter.effacer} />}
      {annoter.resultat && (
        <Bandeau
          ton="succes"
          titre={`${nomDeFichier(annoter.resultat.retour)} est écrit, avec ${accord(annoter.resultat.observations, 'observation')}.`}
          actions={<Bouton onClick={() => window.atelier.montrerFichier(annoter.resultat?.retour ?? '')}>Montrer le fichier</Bouton>}
        >
          À renvoyer à l’organisme : il se lit dans l’étape Échanges de son dossier.
        </Bandeau>
      )}
      <div>
        <Bouton
          variante="principal"
          occupe={annoter.enCours}
          disabled={(remarques.length === 0 && brouillon.avis === null) || (!sans && !signature.lu)}
          onClick={() => void produire()}
        >
          {`Produire le retour (${accord(remarques.length, 'observation')})`}
        </Bouton>
      </div>
    </section>
  );
}
