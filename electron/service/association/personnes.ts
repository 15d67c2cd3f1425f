import { createHash } from 'node:crypto';
import type { EntreeLue, Sortie } from '../../../shared/contract.ts';
import type { Personne, Saisie } from '../../../shared/domain/association/types.ts';
import { invalide } from '../../../shared/erreurs.ts';
import { communesDe, parseTerritoire } from '../../../shared/territoires/index.ts';
import { readSaisies, writeSaisie } from '../../store/association/personnes.ts';
import type { Base } from '../../store/base.ts';
import { readChamp } from '../../store/champs.ts';
import type { Contexte } from '../contexte.ts';
import { millesimeDe } from '../millesime.ts';
import { conduct } from '../geste.ts';
import { readAssociation } from './lecture.ts';
import { natureDe, nomPersonne, territoireDuCode } from './presents.ts';

const propre = (t: string): string => t.replace(/[\p{Cc}\s]+/gu, ' ').trim();
/** Un texte de plusieurs lignes garde ses retours. */
const propreLong = (t: string): string => t.replace(/\r\n?/gu, '\n').replace(/[^\P{Cc}\n]+/gu, ' ').trim();

const inconnue = (code: string) => invalide('personne-inconnue', `« ${code} » n’est pas une personne publique de ce dossier.`, 'Choisir un code de la liste, ou l’ajouter ; rien n’a été changé.');

const lirePersonnes = (contexte: Contexte, base: Base): readonly Personne[] => readAssociation(base, contexte.maintenant().toISOString().slice(0, 10)).personnes;

/** Nombre de logements tel que tapé : chiffres, espaces de milliers ; `null` pour vide. */
function parseParc(tape: string): number | null {
  const t = tape.replaceAll(/[\s\u00a0\u202f]/gu, '');
  if (t === '') return null;
  if (/^\d{1,9}$/u.test(t) && Number(t) > 0) return Number(t);
  throw invalide('parc-social-invalide', `Parc social : « ${tape} » n’est pas un nombre entier de logements.`, 'Écrire par exemple 12 500, ou laisser vide ; rien n’a été changé.');
}

export function definir(contexte: Contexte, entree: EntreeLue<'associes.definir'>): Sortie<'associes.definir'> {
  const { base } = contexte.dossierEcriture();
  const toutes = lirePersonnes(contexte, base);
  const p = toutes.find((x) => x.code === entree.code);
  if (p === undefined) throw inconnue(entree.code);
  if (p.nature === 'etat') throw invalide('personne-etat', `« ${p.nom} » est l’État : sa place est fixée par ${p.article}.`, 'Choisir une personne publique ; rien n’a été changé.');
  const connues = readSaisies(base);
  const avant = connues.find((s) => s.code === p.code) ?? null;
  const depart: Saisie = avant ?? {
    code: p.code, nom: p.nom, nature: p.nature, territoire: p.territoire, retenue: null, motif: '', rattachement: false, aoh: false, parcSocial: null, parcSource: '', contact: '', orientations: '',
  };
  const retenue = entree.retenue === undefined ? depart.retenue : entree.retenue;
  const apres: Saisie = {
    ...depart,
    retenue,
    motif: retenue === null ? '' : entree.motif === undefined ? depart.motif : propre(entree.motif),
    rattachement: entree.rattachement ?? depart.rattachement,
    aoh: entree.aoh ?? depart.aoh,
    parcSocial: entree.parcSocial === undefined ? depart.parcSocial : parseParc(entree.parcSocial),
    parcSource: entree.parcSource === undefined ? depart.parcSource : propre(entree.parcSource),
    contact: entree.contact === undefined ? depart.contact : propreLong(entree.contact),
    orientations: entree.orientations === undefined ? depart.orientations : propreLong(entree.orientations),
  };
  check(contexte, p, apres, entree);
  if (JSON.stringify(apres) === JSON.stringify(depart)) return { remplace: null, operation: null, enregistreA: contexte.maintenant().toISOString() };
  // Un office n'a qu'un rattachement : en désigner un retire l'autre, et le dit.
  const designe = apres.rattachement && !depart.rattachement;
  const quittes = designe ? connues.filter((s) => s.rattachement && s.code !== p.code) : [];
  const quitte = (designe ? toutes.find((x) => x.code !== p.code && (x.rattachement || x.qualite?.code === 'rattachement')) : undefined) ?? null;
  const suite = quitte === null ? '' : ` ; l’office n’est plus rattaché à « ${quitte.nom} »`;
  const { operation, enregistreA } = conduct(contexte, base, 'associes.definir', `Personne publique « ${p.nom} » modifiée${suite}`, (par) => {
    for (const autre of quittes) writeSaisie(base, autre, { ...autre, rattachement: false }, par);
    writeSaisie(base, avant, apres, par);
  });
  return { remplace: quitte === null ? null : { code: quitte.code, nom: quitte.nom }, operation, enregistreA };
}

function check(contexte: Contexte, p: Personne, apres: Saisie, entree: EntreeLue<'associes.definir'>): void {
  const { association: regle } = millesimeDe(contexte.dossier().base);
  if (entree.retenue !== undefined && entree.retenue !== null && entree.retenue !== p.propose && p.certain && apres.motif === '') {
    throw invalide('motif-absent', `${entree.retenue ? 'Retenir' : 'Écarter'} « ${p.nom} » va contre ce que les données disent.`, 'Donner le motif ; rien n’a été changé.');
  }
  if (apres.aoh && !regle.aoh.natures.includes(p.nature)) {
    throw invalide('aoh-impossible', `« ${p.nom} » ne peut pas être autorité organisatrice de l’habitat : seul un établissement public de coopération intercommunale à fiscalité propre peut l’être (${regle.aoh.reconnaissance}).`, 'Choisir un tel établissement ; rien n’a été changé.');
  }
  const nature = readChamp(contexte.dossier().base, 'organisme/nature') ?? '';
  if (entree.rattachement === true && !regle.rattachement.natures.includes(nature)) {
    throw invalide('rattachement-impossible', `Le rattachement à « ${p.nom} » serait sans effet : ${regle.rattachement.article} ne le prévoit que pour ${regle.rattachement.natures.join(', ')}${nature === '' ? ', et la nature de l’organisme n’est pas renseignée' : ` ; l’organisme est : ${nature}`}.`, 'Corriger la nature de l’organisme si elle est fausse ; rien n’a été changé.');
  }
  if (entree.parcSocial !== undefined && apres.parcSocial !== null && apres.parcSource === '') {
    throw invalide('source-absente', `Le parc social de « ${p.nom} » est donné sans sa source.`, 'Dire d’où vient ce nombre (répertoire, année, page) ; rien n’a été changé.');
  }
}

export function ajouter(contexte: Contexte, entree: EntreeLue<'associes.ajouter'>): Sortie<'associes.ajouter'> {
  const { base } = contexte.dossierEcriture();
  const donne = (entree.territoire ?? '').trim();
  // Un code seul est un territoire, où qu'il soit tapé : personne ne s'appelle « 69123 ».
  const duCode = donne === '' ? territoireDuCode(entree.nom ?? '') : (territoireDuCode(donne) ?? donne);
  const territoire = duCode === '' ? donne || (entree.nom ?? '').trim() : duCode;
  if (territoire !== null && (parseTerritoire(territoire) === null || communesDe(territoire).length === 0)) {
    throw invalide('territoire-inconnu', `« ${territoire} » n’est pas un territoire connu.`, 'Donner un code comme « dep-13 », « epci-200054807 », « com-13055 », ou celui de l’Insee (69123) ou le SIREN seuls ; rien n’a été changé.');
  }
  const nomme = propre(entree.nom ?? '');
  const nom = nomme !== '' && territoireDuCode(nomme) === null ? nomme : territoire === null ? '' : nomPersonne(territoire);
  if (nom === '') throw invalide('nom-vide', 'Le nom de la personne publique est vide.', 'Donner son nom, ou le code de son territoire ; rien n’a été changé.');
  const motif = propre(entree.motif);
  if (motif === '') throw invalide('motif-absent', `« ${nom} » n’est pas désignée par le parc.`, 'Dire pourquoi elle est ajoutée ; rien n’a été changé.');
  // Un nom sans territoire a un code à lui, toujours le même : l'ajouter deux fois n'en fait qu'une.
  const code = territoire ?? `libre-${createHash('sha256').update(nom.toLowerCase()).digest('hex').slice(0, 8)}`;
  const connues = lirePersonnes(contexte, base);
  if (connues.some((p) => p.code === code)) throw invalide('personne-connue', `« ${nom} » est déjà dans la liste.`, 'La retenir ou la modifier dans la liste ; rien n’a été changé.');
  const saisie: Saisie = { code, nom, nature: territoire === null ? 'autre' : natureDe(territoire), territoire, retenue: true, motif, rattachement: false, aoh: false, parcSocial: null, parcSource: '', contact: '', orientations: '' };
  const { operation, enregistreA } = conduct(contexte, base, 'associes.ajouter', `Personne publique « ${nom} » ajoutée`, (par) => writeSaisie(base, null, saisie, par));
  return { code, operation, enregistreA };
}
