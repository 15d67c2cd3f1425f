import { ArrowRight, Download, PencilLine } from 'lucide-react';
import { useMemo, useState } from 'react';
import { ECARTS, type Ecart } from '../../../shared/domain/qpv/ecarts.ts';
import type { Sortie } from '../../../shared/contract.ts';
import { Chiffre } from '../../app/Chiffre.tsx';
import { FILTRES } from '../../app/dossiers.ts';
import { useOperation } from '../../app/operation.ts';
import { useRequete } from '../../app/requetes.ts';
import type { Filtres } from '../../app/session.ts';
import { GrilleLocale, type ColonneLocale } from '../../grille/GrilleLocale.tsx';
import { Bouton, Echec, Segments } from '../../ui/index.ts';
import { accord, nombre } from '../../ui/format.ts';
import { montrer, PARC } from '../patrimoine/filtres.ts';
import { Correction } from './Correction.tsx';
import type { EtatQpv } from './Sources.tsx';

type Ligne = Sortie<'qpv.ecarts'>['lignes'][number];
type Maille = 'ensemble' | 'commune';
const DESACCORDS = ECARTS.filter((e) => e.desaccord);
const MAILLES: { valeur: Maille; libelle: string }[] = [{ valeur: 'ensemble', libelle: 'Ensembles' }, { valeur: 'commune', libelle: 'Communes' }];

const cleDe = (l: Ligne): string => l.code;
const compte = (ecart: Ecart, libelle: string): ColonneLocale<Ligne> => ({
  cle: ecart, libelle, largeur: 100, droite: true, triable: true, valeur: (l) => l.ecarts[ecart], contenu: (l) => (l.ecarts[ecart] === 0 ? <span className="doux">0</span> : nombre(l.ecarts[ecart])),
});
const COLONNES: ColonneLocale<Ligne>[] = [
  { cle: 'nom', libelle: 'Nom', largeur: 170, triable: true, valeur: (l) => l.nom, contenu: (l) => l.nom },
  compte('oui-dehors', 'Oui, dehors'),
  compte('non-dedans', 'Non, dedans'),
  compte('inconnu-dedans', '?, dedans'),
  { cle: 'declares', libelle: 'Déclarés QPV', largeur: 112, droite: true, triable: true, aide: 'n sur N (R445-3)', valeur: (l) => l.declares, contenu: (l) => `${nombre(l.declares)} sur ${nombre(l.logements)}` },
  { cle: 'dedans', libelle: 'Dans un contour', largeur: 116, droite: true, triable: true, valeur: (l) => l.dedans, contenu: (l) => nombre(l.dedans) },
  { cle: 'quartiers', libelle: 'Quartiers', largeur: 230, valeur: (l) => l.quartiers[0]?.nom ?? '', contenu: (l) => l.quartiers.map((q) => `${q.nom} (${q.code})`).join(', ') },
  { cle: 'nomCommune', libelle: 'Commune', largeur: 130, triable: true, valeur: (l) => l.nomCommune, contenu: (l) => l.nomCommune },
];

/** Le déclaré et les contours, là où ils ne s'accordent pas : comptes, ensembles ou communes, lignes. */
export function Desaccords({ etat, lectureSeule }: { etat: EtatQpv; lectureSeule: boolean }) {
  const [maille, setMaille] = useState<Maille>('ensemble');
  const [choisi, setChoisi] = useState<string | null>(null);
  const [ecart, setEcart] = useState<Ecart | null>(null);
  const lu = useRequete('qpv.ecarts', { par: maille });
  const exporter = useOperation('qpv.exporter', false);
  const lignes = useMemo(() => (lu.donnees?.lignes ?? []).filter((l) => ecart === null || l.ecarts[ecart] > 0), [lu.donnees, ecart]);
  const { ecarts } = etat;
  if (ecarts === null) return <section className="qpv-corps" aria-label="Désaccords"><p className="doux">Les désaccords entre le QPV déclaré (champ 22) et les contours se lisent ici, une fois les contours chargés.</p></section>;
  const choisie = lignes.find((l) => l.code === choisi) ?? null;
  const ou: Filtres = choisie === null ? [] : [{ colonne: maille === 'commune' ? 'commune' : 'code_ensemble', valeurs: [choisie.code] }];
  const filtres: Filtres = [PARC, { colonne: 'qpv_ecart', valeurs: ecart === null ? DESACCORDS.map((e) => e.ecart) : [ecart] }, ...ou];
  const vises = ecart === null ? 0 : choisie === null ? ecarts[ecart] : choisie.ecarts[ecart];
  async function exporterVers() {
    const destination = await window.atelier.choisirDestination({ titre: 'Exporter les désaccords', filtres: [FILTRES.csv], defaut: 'desaccords-qpv.csv' });
    if (destination) await exporter.lancer({ destination });
  }
  return (
    <section className="qpv-corps" aria-label="Désaccords">
      <h2 className="titre-section">Déclaré et contours de {etat.generation}</h2>
      <ul className="qpv-comptes">
        {ECARTS.map((e) => (
          <li key={e.ecart} className={e.desaccord && ecarts[e.ecart] > 0 ? 'qpv-desaccord' : undefined}>
            <Chiffre sujet={`qpv/ecart/${e.ecart}`} nom={`${nombre(ecarts[e.ecart])}, ${e.libelle}`} className="nombre">
              {nombre(ecarts[e.ecart])}
            </Chiffre>
            <button
              type="button"
              className="compteur-filtre"
              aria-pressed={e.desaccord ? ecart === e.ecart : undefined}
              onClick={() => (e.desaccord ? setEcart(ecart === e.ecart ? null : e.ecart) : montrer([PARC, { colonne: 'qpv_ecart', valeurs: [e.ecart] }]))}
            >
              {e.libelle}
            </button>
          </li>
        ))}
      </ul>
      <div className="table-actions">
        <Segments nom="Désaccords par" valeur={maille} options={MAILLES} surChoix={(m) => { setMaille(m); setChoisi(null); }} />
        <Bouton icone={ArrowRight} disabled={lignes.length === 0} onClick={() => montrer(filtres)}>
          {choisie === null ? 'Voir tous les logements' : `Voir les logements de ${choisie.nom}`}
        </Bouton>
        <Bouton icone={Download} occupe={exporter.enCours} onClick={() => void exporterVers()}>
          Exporter
        </Bouton>
        {exporter.resultat && <span className="doux petit" role="status">{accord(exporter.resultat.lignes, 'ligne écrite', 'lignes écrites')}.</span>}
      </div>
      {exporter.erreur && <Echec erreur={exporter.erreur} fermer={exporter.effacer} />}
      {!lectureSeule && (ecart === null ? (
        <p className="doux petit"><PencilLine aria-hidden="true" className="qpv-icone" /> Pour corriger le déclaré, choisir d’abord une sorte de désaccord ci-dessus.</p>
      ) : (
        vises > 0 && <Correction key={`${ecart} ${choisie?.code ?? ''}`} ecart={ecart} filtres={filtres} logements={vises} ou={choisie?.nom ?? null} generation={etat.generation ?? ''} />
      ))}
      {lu.erreur && <Echec erreur={lu.erreur} reessayer={lu.recharger} />}
      <GrilleLocale
        nom="Désaccords"
        colonnes={COLONNES}
        lignes={lignes}
        cleDe={cleDe}
        choisie={choisi}
        surChoix={(cle) => setChoisi(cle === choisi ? null : cle)}
        vide="Aucun désaccord : le déclaré et les contours disent la même chose, là où une position est sûre."
      />
    </section>
  );
}
