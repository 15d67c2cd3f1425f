import { Chiffre } from '../../app/Chiffre.tsx';
import { accord, typographie } from '../../ui/format.ts';
import { effectif, part, rapport, SITUATIONS, sujetDe, type Cumul, type Etat, type Ligne, type Par } from './mesures.ts';

const PARTS = SITUATIONS.filter((s) => s.valeur !== 'total');

/** Les taux qui résument une ligne, chacun avec ses deux nombres, en tout, en QPV et hors QPV. */
export function Chiffres({ etat, ligne, par }: { etat: Etat; ligne: Ligne; par: Par }) {
  const taux: { mesure: string; libelle: string; n: (c: Cumul) => number | null; sur: (c: Cumul) => number | null }[] = [
    ...(etat.enquete === null ? [] : [{ mesure: 'repondants', libelle: 'Réponses à l’enquête', n: (c: Cumul) => c.repondants, sur: (c: Cumul) => c.concernes }]),
    { mesure: 'vacance', libelle: 'Vacance', n: (c) => c.vacants, sur: (c) => c.offerts },
    { mesure: 'vacance3', libelle: 'Vacance de plus de trois mois', n: (c) => c.vacantsTroisMois, sur: (c) => c.offerts },
    { mesure: 'rotation', libelle: 'Rotation', n: (c) => c.rotation, sur: (c) => c.baseRotation },
  ];
  const situations = SITUATIONS.filter((s) => s.valeur === 'total' || ligne[s.valeur].logements > 0);
  return (
    <ul className="occupation-chiffres" aria-label={`Taux, ${ligne.nom}`}>
      {taux.map((t) => (
        <li key={t.mesure}>
          <span className="etiquette">{t.libelle}</span>
          {situations.map((s) => {
            const c = ligne[s.valeur];
            const texte = `${rapport(t.n(c), t.sur(c))} (${part(t.n(c), t.sur(c))})`;
            return (
              <Chiffre key={s.valeur} className={s.valeur === 'total' ? 'occupation-grand' : `occupation-petit occupation-${s.valeur}`} sujet={sujetDe(par, ligne.code, s.valeur, t.mesure)} nom={`${t.libelle} ${s.court}, ${texte}`}>
                <strong>{part(t.n(c), t.sur(c))}</strong>
                <span>
                  {t.n(c) === null && t.sur(c) === null ? s.court : `${rapport(t.n(c), t.sur(c))} ${s.court}`}
                </span>
              </Chiffre>
            );
          })}
        </li>
      ))}
    </ul>
  );
}

/** Les modalités d'une variable en barres, QPV et hors QPV empilés ; chaque nombre ouvre ses lignes. */
export function Barres({ etat, ligne, par, variable }: { etat: Etat; ligne: Ligne; par: Par; variable: string }) {
  const i = etat.variables.findIndex((v) => v.code === variable);
  const v = etat.variables[i];
  if (v === undefined || etat.enquete === null) return null;
  const n = (s: (typeof SITUATIONS)[number]['valeur'], k: number): number | null => ligne[s].variables[i]?.[k] ?? null;
  const max = Math.max(1, ...v.modalites.map((_, k) => PARTS.reduce((t, s) => t + (n(s.valeur, k) ?? 0), 0)));
  const montrees = PARTS.filter((s) => ligne[s.valeur].logements > 0);
  const masquees = v.modalites.some((_, k) => SITUATIONS.some((s) => n(s.valeur, k) === null));
  return (
    <figure className="occupation-figure" aria-label={`${v.libelle}, ${ligne.nom}`}>
      <figcaption>
        <h2 className="titre-section">{typographie(v.libelle)}</h2>
        <p className="doux">
          {ligne.nom} : {rapport(ligne.total.repondants, ligne.total.concernes)} ont répondu.
        </p>
        <ul className="occupation-legende">
          {montrees.map((s) => (
            <li key={s.valeur}>
              <span className={`occupation-pave occupation-fond-${s.valeur}`} aria-hidden="true" /> {s.libelle} ({accord(ligne[s.valeur].logements, 'logement')})
            </li>
          ))}
        </ul>
      </figcaption>
      <ol className="occupation-barres">
        {v.modalites.map((m, k) => (
          <li key={m} className={k === v.modalites.length - 1 ? 'occupation-inconnu' : undefined}>
            <span className="occupation-modalite">{typographie(m)}</span>
            <span className="occupation-barre" aria-hidden="true">
              {montrees.map((s) => (
                <span key={s.valeur} className={`occupation-fond-${s.valeur}`} style={{ width: `${(100 * (n(s.valeur, k) ?? 0)) / max}%` }} />
              ))}
            </span>
            <Chiffre className="occupation-nombre" sujet={sujetDe(par, ligne.code, 'total', `${variable}-${k}`)} nom={`${m}, ${effectif(n('total', k))}`}>
              {effectif(n('total', k))} <span className="doux">{part(n('total', k), ligne.total.repondants)}</span>
            </Chiffre>
            {montrees.length > 1 && (
              <span className="occupation-detail">
                {montrees.filter((s) => s.valeur !== 'qpvInconnu' || n(s.valeur, k) !== 0).map((s) => (
                  <Chiffre key={s.valeur} className={`occupation-${s.valeur}`} sujet={sujetDe(par, ligne.code, s.valeur, `${variable}-${k}`)} nom={`${m} ${s.court}, ${effectif(n(s.valeur, k))}`}>
                    {effectif(n(s.valeur, k))} {s.court} <span className="doux">{part(n(s.valeur, k), ligne[s.valeur].repondants)}</span>
                  </Chiffre>
                ))}
              </span>
            )}
          </li>
        ))}
      </ol>
      {masquees && <p className="doux petit">« s » : masqué. Une barre ne compte que ce qui est montré.</p>}
    </figure>
  );
}
