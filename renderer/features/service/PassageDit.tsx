import type { Sortie } from '../../../shared/contract.ts';
import { Bandeau, Bouton } from '../../ui/index.ts';
import { accord, typographie } from '../../ui/format.ts';

type Examen = Sortie<'serviceRendu.examinerGrille'>;

/** Ce que la grille modifiée changerait aux notes déjà données, avant de l'enregistrer. */
export function PassageDit(props: { examen: Examen | null; occupe: boolean; enregistrer: () => void; abandonner: () => void }) {
  const { examen } = props;
  const bonne = examen !== null && examen.passage !== null && examen.change;
  const perd = (examen?.passage?.perdues ?? 0) > 0 || (examen?.passage?.illisibles ?? 0) > 0;
  return (
    <Bandeau
      ton={examen === null ? 'info' : examen.fautes.length > 0 ? 'erreur' : perd ? 'attention' : 'info'}
      titre={examen === null ? 'Grille modifiée, non enregistrée.' : examen.fautes.length > 0 ? 'La grille ne peut pas encore être enregistrée.' : titre(examen)}
      actions={
        <>
          <Bouton variante={perd ? 'danger' : 'principal'} disabled={!bonne} occupe={props.occupe} onClick={props.enregistrer}>Enregistrer la grille</Bouton>
          <Bouton variante="texte" onClick={props.abandonner}>Revenir à la grille enregistrée</Bouton>
        </>
      }
    >
      {examen !== null && <Details examen={examen} />}
    </Bandeau>
  );
}

function titre({ passage, change }: Examen): string {
  if (!change || passage === null) return 'Cette grille est celle du dossier.';
  const parties = [accord(passage.gardees, 'note gardée', 'notes gardées')];
  if (passage.deplacees > 0) parties.push(accord(passage.deplacees, 'déplacée'));
  if (passage.perdues > 0) parties.push(accord(passage.perdues, 'retirée'));
  if (passage.illisibles > 0) parties.push(accord(passage.illisibles, 'qui ne se lira plus', 'qui ne se liront plus'));
  return `Non enregistrée : ${parties.join(', ')}.`;
}

function Details({ examen: { fautes, remarques, passage } }: { examen: Examen }) {
  const criteres = (passage?.criteres ?? []).flatMap((c) => {
    const dits = [
      ...(c.quoi === 'perdu' ? [`retiré, avec ${accord(c.notes, 'note')}`] : c.quoi === 'ajoute' ? ['ajouté'] : []), ...c.changements,
      ...(c.illisibles > 0 ? [`${accord(c.illisibles, 'note gardée mais illisible', 'notes gardées mais illisibles')} sur cette échelle`] : []),
      ...(c.relues > 0 ? [accord(c.relues, 'note redevient lisible', 'notes redeviennent lisibles')] : []),
    ];
    return dits.length > 0 ? [`${c.libelle} : ${dits.join(' ; ')}.`] : [];
  });
  const lignes = [...fautes, ...(passage?.changements ?? []), ...criteres, ...remarques];
  return (
    <ul className="service-passage">
      {lignes.slice(0, 12).map((l) => <li key={l}>{typographie(l)}</li>)}
      {lignes.length > 12 && <li>… et {lignes.length - 12} autres changements.</li>}
    </ul>
  );
}
