import { useId, useState } from 'react';
import { parseNote, direEchelle } from '../../../shared/domain/service-rendu/echelle.ts';
import { accord } from '../../ui/format.ts';
import { Bouton, Choix, Saisie } from '../../ui/index.ts';
import { champNote, poser, useService, type EnsembleNote } from './magasin.ts';
import type { Planche } from './poses.ts';

/** Donne la même note à tous les ensembles visés, pour un critère : une seule opération, qui s'annule d'un coup. */
export function EnBloc({ planche, vises, portee, fermer }: { planche: Planche; vises: readonly EnsembleNote[]; portee: string; fermer: () => void }) {
  const [critere, setCritere] = useState(planche.criteres[0]?.code ?? null);
  const [saisie, setSaisie] = useState('');
  const locales = useService((s) => s.locales);
  const [idCritere, idNote] = [useId(), useId()];
  const lue = parseNote(planche.echelle, saisie);
  const c = planche.criteres.find((x) => x.code === critere);
  const rang = planche.criteres.findIndex((x) => x.code === critere);
  const actuelle = (e: EnsembleNote): string => locales.get(champNote(e.id, critere ?? '')) ?? e.saisies[rang] ?? '';
  const remplacees = c ? vises.filter((e) => ![saisie.trim(), ''].includes(actuelle(e))).length : 0;
  function noter() {
    if (!c || !lue.ok) return;
    const actuelles = new Map(vises.map((e) => [e.id, actuelle(e)]));
    const n = poser(
      vises.map((e) => ({ ensemble: e.id, critere: c.code, saisie, nom: `${e.nom}, ${c.libelle}` })),
      `Service rendu, ${c.libelle} : ${saisie.trim() === '' ? 'notes effacées' : saisie.trim()} pour ${accord(vises.length, 'ensemble')}`,
      (ensemble) => actuelles.get(ensemble) ?? '',
    );
    useService.setState({ dit: n === 0 ? 'Ces notes étaient déjà données : rien n’a changé.' : `${accord(n, 'note écrite', 'notes écrites')} d’un coup.` });
    fermer();
  }
  return (
    <form
      className="service-bloc"
      aria-label="Noter en bloc"
      onSubmit={(e) => {
        e.preventDefault();
        noter();
      }}
    >
      <div className="service-bloc-champ">
        <label htmlFor={idCritere}>Critère</label>
        <Choix id={idCritere} compact valeur={critere} options={planche.criteres.map((x) => ({ valeur: x.code, libelle: x.libelle }))} surChoix={setCritere} />
      </div>
      <div className="service-bloc-champ">
        <label htmlFor={idNote}>Note</label>
        {planche.echelle.genre === 'niveaux' ? (
          <Choix
            id={idNote} compact valeur={saisie === '' ? null : saisie} invite="Choisir"
            options={planche.echelle.niveaux.map((n) => ({ valeur: n.code, libelle: n.libelle === '' ? n.code : `${n.code} – ${n.libelle}` }))} surChoix={setSaisie}
          />
        ) : (
          <Saisie id={idNote} compact value={saisie} fautif={!lue.ok} placeholder={direEchelle(planche.echelle)} onChange={(e) => setSaisie(e.currentTarget.value)} />
        )}
      </div>
      <Bouton type="submit" variante="principal" disabled={!c || !lue.ok || saisie.trim() === '' || vises.length === 0}>
        Noter {accord(vises.length, 'ensemble')}
      </Bouton>
      <Bouton variante="texte" onClick={fermer}>
        Fermer
      </Bouton>
      <p className="doux petit">
        {portee}
        {remplacees > 0 && saisie !== '' && ` ${accord(remplacees, 'note déjà donnée sera remplacée', 'notes déjà données seront remplacées')}.`}
        {!lue.ok && ` ${lue.message}`}
      </p>
    </form>
  );
}
