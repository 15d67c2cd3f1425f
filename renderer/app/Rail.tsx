import { CalendarClock } from 'lucide-react';
import type { Sortie } from '../../shared/contract.ts';
import { classes, InfoBulle, MarqueEtat, MOT_ETAT, Pastille, type Etat } from '../ui/index.ts';
import { accord, dateLongue, echeance, typographie } from '../ui/format.ts';
import { ETAPES, ICONES, LIBELLES, type EtapeId } from './etapes.ts';
import { allerAuChamp, allerEtape } from './session.ts';

type Info = Sortie<'dossier.info'>;
type Resume = { etat: Etat; manque: string; bloquants: number };

/** Au-delà de deux ans, une date n'est pas l'échéance à laquelle on travaille : les plus proches manquent. */
const LOIN = 730;

const RANG: Record<Etat, number> = { 'a-verifier': 0, 'a-faire': 1, entame: 2, complet: 3 };

/** Le dépôt se fait dans l'écran du contrôle : les deux étapes du service n'y font qu'une ligne. */
function resumer(info: Info | undefined, etape: EtapeId): Resume {
  const noms: string[] = etape === 'controle' ? ['controle', 'depot'] : [etape];
  const lues = info?.etapes.filter((e) => noms.includes(e.etape)) ?? [];
  const [premiere] = lues.toSorted((a, b) => RANG[a.etat] - RANG[b.etat]);
  if (!premiere) return { etat: 'a-faire', manque: '', bloquants: 0 };
  return {
    etat: premiere.etat,
    manque: lues.map((e) => e.manque).filter(Boolean).join(' '),
    bloquants: Math.max(...lues.map((e) => e.bloquants)),
  };
}

export function Rail({ info, actif, replie }: { info: Info | undefined; actif: EtapeId | null; replie: boolean }) {
  const prochaine = info?.prochaineEcheance;
  return (
    <nav className={classes('rail', replie && 'rail-replie')} aria-label="Étapes" data-region="rail">
      <ol>
        {ETAPES.map((etape) => (
          <li key={etape}>
            <Ligne etape={etape} resume={resumer(info, etape)} actif={etape === actif} replie={replie} />
          </li>
        ))}
      </ol>
      {prochaine && (
        <InfoBulle texte={`${prochaine.libelle} : ${dateLongue(prochaine.date)}. ${prochaine.article}`}>
          <button
            type="button"
            className={classes('rail-echeance', prochaine.jours < 0 && 'rail-echeance-passee', prochaine.jours > LOIN && 'rail-echeance-loin')}
            aria-label={`Prochaine échéance : ${prochaine.libelle}, ${dateLongue(prochaine.date)}, ${echeance(prochaine.jours)}`}
            onClick={() => allerAuChamp(prochaine.champ)}
          >
            {replie ? (
              <CalendarClock aria-hidden="true" />
            ) : (
              <>
                {prochaine.jours > LOIN && <span className="doux petit">Prochaine date connue</span>}
                <span className="rail-date">{dateLongue(prochaine.date)}</span>
                <span>
                  {typographie(prochaine.libelle)}, <strong>{echeance(prochaine.jours)}</strong>
                </span>
              </>
            )}
          </button>
        </InfoBulle>
      )}
    </nav>
  );
}

function Ligne({ etape, resume, actif, replie }: { etape: EtapeId; resume: Resume; actif: boolean; replie: boolean }) {
  const Icone = ICONES[etape];
  const bloque = resume.bloquants > 0 ? `, ${accord(resume.bloquants, 'constat bloquant', 'constats bloquants')}` : '';
  const nom = `${LIBELLES[etape]}, ${MOT_ETAT[resume.etat]}${bloque}`;
  const bouton = (
    <button
      type="button"
      className="rail-ligne"
      aria-current={actif ? 'step' : undefined}
      aria-label={nom}
      onClick={() => allerEtape(etape)}
    >
      {replie && <Icone aria-hidden="true" />}
      <MarqueEtat etat={resume.etat} />
      {!replie && <span className="rail-nom">{etape === 'organisme' ? 'Organisme' : LIBELLES[etape]}</span>}
      {resume.bloquants > 0 && <Pastille ton="brique">{resume.bloquants}</Pastille>}
    </button>
  );
  const aide = replie ? `${nom}${resume.manque ? `. ${resume.manque}` : ''}` : resume.manque;
  return aide ? <InfoBulle texte={aide}>{bouton}</InfoBulle> : bouton;
}
