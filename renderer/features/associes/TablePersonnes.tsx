import { Fragment } from 'react';
import { Chiffre } from '../../app/Chiffre.tsx';
import { classes, Coche } from '../../ui/index.ts';
import { accord, date, nombre, typographie } from '../../ui/format.ts';
import { GROUPES, type Personne } from './types.ts';

type Props = {
  personnes: readonly Personne[];
  calendrier: Readonly<Record<string, string>>;
  choisie: string | null;
  choisir: (code: string) => void;
  cochees: ReadonlySet<string>;
  cocher: (codes: readonly string[], oui: boolean) => void;
};

/** Les personnes publiques par place, avec ce qui leur a été transmis. */
export function TablePersonnes({ personnes, calendrier, choisie, choisir, cochees, cocher }: Props) {
  return (
    <div className="associes-defile" data-champ="association" role="region" aria-label="Personnes publiques" tabIndex={0}>
      <table className="associes-table">
        <thead>
          <tr>
            <th scope="col"><span className="hors-vue">Sélection</span></th>
            <th scope="col">Personne publique</th>
            <th scope="col" className="nombre">Logements</th>
            <th scope="col">Signe</th>
            <th scope="col">Délibération</th>
            <th scope="col">Éléments</th>
            <th scope="col">Réunion</th>
            <th scope="col">Prochaine date</th>
          </tr>
        </thead>
        <tbody>
          {GROUPES.map(({ groupe, titre, aide }) => {
            const siennes = personnes.filter((p) => p.groupe === groupe);
            if (siennes.length === 0) return null;
            const toutes = siennes.every((p) => cochees.has(p.code));
            return (
              <Fragment key={groupe}>
                <tr className="associes-groupe">
                  <td>
                    {groupe !== 'ecartee' && (
                      <Coche coche={toutes} surChange={(oui) => cocher(siennes.map((p) => p.code), oui)}>
                        <span className="hors-vue">Toutes : {titre}</span>
                      </Coche>
                    )}
                  </td>
                  <th scope="rowgroup" colSpan={7}>
                    {titre} <span className="doux petit">{nombre(siennes.length)}{aide && ` · ${typographie(aide)}`}</span>
                  </th>
                </tr>
                {siennes.map((p) => (
                  <Rangee key={p.code} p={p} calendrier={calendrier} choisie={p.code === choisie} choisir={choisir} cochee={cochees.has(p.code)} cocher={cocher} />
                ))}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Rangee({ p, calendrier, choisie, choisir, cochee, cocher }: { p: Personne; calendrier: Props['calendrier']; choisie: boolean; choisir: (code: string) => void; cochee: boolean; cocher: Props['cocher'] }) {
  const etat = p.groupe === 'etat';
  return (
    <tr className={classes('associes-rangee', choisie && 'associes-choisie', p.groupe === 'ecartee' && 'associes-ecartee')} onClick={() => choisir(p.code)}>
      <td onClick={(e) => e.stopPropagation()}>
        {p.groupe !== 'ecartee' && (
          <Coche coche={cochee} surChange={(oui) => cocher([p.code], oui)}>
            <span className="hors-vue">Sélectionner {p.nom}</span>
          </Coche>
        )}
      </td>
      <th scope="row">
        <button type="button" className="associes-nom" data-champ={`association/${p.code}`} aria-pressed={choisie} onClick={() => choisir(p.code)}>
          {etat ? majuscule(p.nom) : p.nom}
        </button>
        <span className="doux petit">
          {etat ? typographie(p.pourquoi) : p.natureCourte}
          {!p.certain && <strong className="associes-doute"> à confirmer</strong>}
          {!p.presente && !etat && ' · ajoutée'}
        </span>
        <Serre p={p} calendrier={calendrier} />
      </th>
      <td className="nombre">{!etat && <Chiffre sujet={`association/${p.code}/logements`} nom={`Logements, ${p.nom}`}>{nombre(p.logements)}</Chiffre>}</td>
      <td>
        <Signe p={p} />
      </td>
      <td>{jour(p.deliberationLe, calendrier['deliberation'])}</td>
      <td>{etat ? '' : jour(p.elementsLe, calendrier['elements'])}</td>
      <td className={classes(p.reunionTropTot && 'associes-alerte')}>{etat ? '' : jour(p.reunionLe, calendrier['reunion'])}{p.reunionTropTot && ' trop tôt'}</td>
      <td>
        {p.prochaine && (
          <>
            {date(p.prochaine.date)} <span className="doux petit">{typographie(p.prochaine.libelle)}</span>
          </>
        )}
      </td>
    </tr>
  );
}

/** Où la place manque, ce que les colonnes retirées disaient, sous le nom. */
function Serre({ p, calendrier }: { p: Personne; calendrier: Props['calendrier'] }) {
  const dates = [
    ['Délibération', p.deliberationLe, 'deliberation'],
    ...(p.groupe === 'etat' ? [] : [['Éléments', p.elementsLe, 'elements'], ['Réunion', p.reunionLe, 'reunion']] as const),
  ] as const;
  return (
    <>
      <span className="petit associes-serre-dates">
        {dates.map(([libelle, iso, objet]) => (
          <span key={objet}>
            <span className="doux">{libelle}</span> {jour(iso, calendrier[objet])}
            {objet === 'reunion' && p.reunionTropTot && <strong className="associes-alerte"> trop tôt</strong>}
          </span>
        ))}
      </span>
      {p.prochaine && <span className="petit associes-serre-prochaine">{date(p.prochaine.date)} <span className="doux">{typographie(p.prochaine.libelle)}</span></span>}
    </>
  );
}

/** En quelle qualité elle signe, et la comparaison au seuil de 5 %. */
function Signe({ p }: { p: Personne }) {
  return (
    <>
      {p.qualite && <span>{p.qualite.code === 'aoh' ? 'Autorité organisatrice' : p.qualite.libelle}</span>}
      {p.aoh && (
        <span className="doux petit associes-part">
          {p.part ? (
            <Chiffre sujet={`association/${p.code}/part`} nom={`Part du parc social, ${p.nom}`}>
              {nombre(p.part.logements)} / {nombre(p.part.parcSocial)} {p.part.atteinte ? '≥' : '<'} {p.part.seuil.numerateur}&nbsp;%
            </Chiffre>
          ) : (
            'parc social du ressort à saisir'
          )}
        </span>
      )}
      {p.renonciationLe && <span className="doux petit">a renoncé le {date(p.renonciationLe)}</span>}
      {p.qualite?.code === 'demande' && p.limiteDemande === null && <span className="associes-alerte petit">délai non vérifiable</span>}
      {p.demandeTardive && <span className="associes-alerte petit">demande tardive</span>}
    </>
  );
}

/** La date enregistrée ; sinon, plus pâle, celle que le calendrier dit pour toutes. */
function jour(iso: string | null, calendrier: string | undefined) {
  if (iso !== null) return date(iso);
  if (calendrier === undefined) return <span className="doux" aria-label="non enregistrée">–</span>;
  return <span className="doux">{date(calendrier)} <span className="petit">calendrier</span></span>;
}

const majuscule = (t: string): string => t.charAt(0).toUpperCase() + t.slice(1);

/** « 3 personnes publiques » pour un intitulé. */
export const direPersonnes = (n: number): string => accord(n, 'personne publique', 'personnes publiques');
