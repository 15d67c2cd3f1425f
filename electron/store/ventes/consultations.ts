import type { ReponseAvis } from '../../../shared/domain/ventes/types.ts';
import type { Base } from '../base.ts';

export type NatureConsultation = 'commune' | 'collectivite' | 'groupement';
export type ConsultationGardee = {
  cle: string;
  nature: NatureConsultation;
  nom: string;
  adresse: string;
  communes: string[];
  logements: string[];
  envoyee: string | null;
  recue: string | null;
  reponse: ReponseAvis | null;
  repondue: string | null;
  echeance: string | null;
  motif: string;
  note: string;
};

type Brute = Omit<ConsultationGardee, 'communes' | 'logements'> & { communes: string; logements: string };

export function readConsultations(base: Base): ConsultationGardee[] {
  return base
    .prepare<[], Brute>('SELECT cle, nature, nom, adresse, communes, logements, envoyee, recue, reponse, repondue, echeance, motif, note FROM vente_consultation ORDER BY length(cle), cle')
    .all()
    .map((l) => ({ ...l, communes: JSON.parse(l.communes) as string[], logements: JSON.parse(l.logements) as string[] }));
}

export const CLE_COMMUNE = 'commune-';
export const CLE_GARANT = 'garant-';

export const consultationVide = (cle: string, nature: NatureConsultation, nom = ''): ConsultationGardee => ({
  cle, nature, nom, adresse: '', communes: [], logements: [], envoyee: null, recue: null, reponse: null, repondue: null, echeance: null, motif: '', note: '',
});

/** Clé du prochain garant : jamais celle d'un garant retiré depuis, le journal en parle encore. */
export function cleGarant(base: Base): string {
  const vus = base
    .prepare<[], string>(`SELECT cle FROM vente_consultation WHERE cle LIKE '${CLE_GARANT}%' UNION SELECT substr(champ, ${'ventes/consultation/'.length + 1}) FROM journal WHERE champ LIKE 'ventes/consultation/${CLE_GARANT}%'`)
    .pluck()
    .all();
  const numeros = vus.map((c) => Number.parseInt(c.slice(CLE_GARANT.length), 10)).filter((n) => Number.isSafeInteger(n));
  return `${CLE_GARANT}${Math.max(0, ...numeros) + 1}`;
}

/** Écrit une consultation entière. Dans une opération ouverte. */
export function writeConsultation(base: Base, c: ConsultationGardee): void {
  base
    .prepare(
      `INSERT INTO vente_consultation (cle, nature, nom, adresse, communes, logements, envoyee, recue, reponse, repondue, echeance, motif, note)
       VALUES (@cle, @nature, @nom, @adresse, @communes, @logements, @envoyee, @recue, @reponse, @repondue, @echeance, @motif, @note)
       ON CONFLICT DO UPDATE SET nom = excluded.nom, adresse = excluded.adresse, communes = excluded.communes, logements = excluded.logements, envoyee = excluded.envoyee, recue = excluded.recue,
         reponse = excluded.reponse, repondue = excluded.repondue, echeance = excluded.echeance, motif = excluded.motif, note = excluded.note, nature = excluded.nature`,
    )
    .run({ ...c, communes: JSON.stringify(c.communes), logements: JSON.stringify(c.logements) });
}

export const deleteConsultation = (base: Base, cle: string): void => void base.prepare('DELETE FROM vente_consultation WHERE cle = ?').run(cle);
