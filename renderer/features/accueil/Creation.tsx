import { Check } from 'lucide-react';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { formatSiren, parseSiren } from '../../../shared/domain/organisme/siren.ts';
import { isNature, natures } from '../../../shared/domain/organisme/natures.ts';
import { isChevauchee, parseDate } from '../../../shared/domain/calendrier/dates.ts';
import type { Erreur } from '../../../shared/erreurs.ts';
import { creerDossier, FILTRES } from '../../app/dossiers.ts';
import { appeler, enErreur } from '../../app/service.ts';
import { aller } from '../../app/session.ts';
import { Bandeau, Bouton, Champ, Choix, Echec, Saisie } from '../../ui/index.ts';
import { date, nomDeFichier } from '../../ui/format.ts';
import { Reprise, type Precedent } from './Reprise.tsx';
import './accueil.css';
import './reprise.css';

type Fautes = Partial<Record<'siren' | 'nom' | 'effet' | 'chemin', string>>;

/** Ce que dit un SIREN pendant qu'on le tape ; `null` tant qu'il n'y a rien à redire. */
export function fauteSiren(texte: string, fini: boolean): string | null {
  const chiffres = texte.replace(/[\s\u00a0\u202f]/g, '');
  if (!/^\d*$/.test(chiffres)) return 'Un SIREN ne contient que des chiffres.';
  if (chiffres.length > 9) return 'Un SIREN compte neuf chiffres ; un SIRET en compte quatorze.';
  if (chiffres.length === 9) return parseSiren(texte) ? null : 'La clé de ce SIREN est fausse : vérifier chaque chiffre.';
  return fini ? 'Donner les neuf chiffres du SIREN.' : null;
}

/** Nom de fichier sans ce que les systèmes refusent. */
function nomPropose(nom: string): string {
  const net = nom.replace(/[\\/:*?"<>|]/g, ' ').replace(/\s+/g, ' ').trim();
  return `${net || 'Nouvelle convention'}.cus`;
}

/** Emplacement proposé, à côté du fichier RPLS reçu ; vide tant que l'organisme n'a pas de nom. */
export function cheminPropose(rpls: string | null, nom: string): string {
  if (rpls === null || nom.trim() === '') return '';
  return `${rpls.slice(0, rpls.length - nomDeFichier(rpls).length)}${nomPropose(nom)}`;
}

/** Nouvelle convention : le minimum pour commencer ; tout le reste se complète ensuite. */
export function Creation({ rpls }: { rpls: string | null }) {
  const [siren, setSiren] = useState('');
  const [nom, setNom] = useState('');
  const [nature, setNature] = useState<string | null>(null);
  const [effet, setEffet] = useState('');
  const [choisi, setChemin] = useState<string | null>(null);
  const chemin = choisi ?? cheminPropose(rpls, nom);
  const [fautes, setFautes] = useState<Fautes>({});
  const [erreur, setErreur] = useState<Erreur | null>(null);
  const [enCours, setEnCours] = useState(false);
  const [precedent, setPrecedent] = useState<Precedent | null>(null);
  const [lus, setLus] = useState(false);
  useEffect(() => {
    if (rpls === null) return;
    let actuel = true;
    // Ce que la première ligne du fichier dit de l'organisme ; ce qui est déjà tapé reste.
    appeler('import.entete', { chemin: rpls }).then(
      ({ organisme }) => {
        if (!actuel || organisme === null || organisme.siren === null) return;
        const lu = formatSiren(organisme.siren);
        setSiren((s) => (s === '' ? lu : s));
        setNom((n) => (n === '' ? organisme.nom : n));
        setLus(true);
      },
      () => undefined,
    );
    return () => {
      actuel = false;
    };
  }, [rpls]);

  function reprendre(p: Precedent | null) {
    setPrecedent(p);
    setFautes({});
    setErreur(null);
    if (p === null) return;
    setSiren(formatSiren(p.organisme.siren));
    setNom(p.organisme.nom);
    setNature(p.organisme.nature);
  }

  const formulaire = useRef<HTMLFormElement>(null);
  const sirenValide = parseSiren(siren);
  const fauteVive = fauteSiren(siren, false) ?? fautes.siren;

  async function choisirLieu() {
    const lieu = await window.atelier.choisirDestination({
      titre: 'Où enregistrer le dossier',
      filtres: [FILTRES.dossier],
      defaut: chemin || nomPropose(nom),
    });
    if (lieu) setChemin(lieu.toLowerCase().endsWith('.cus') ? lieu : `${lieu}.cus`);
  }

  async function creer(e: FormEvent) {
    e.preventDefault();
    const jour = parseDate(effet);
    const trouvees: Fautes = {};
    const faute = fauteSiren(siren, true);
    if (faute) trouvees.siren = faute;
    if (!nom.trim()) trouvees.nom = "Donner le nom de l'organisme.";
    if (effet.trim() && !jour) trouvees.effet = "Ce n'est pas une date : taper par exemple 01/01/2026.";
    if (!chemin) trouvees.chemin = 'Choisir où enregistrer le dossier.';
    setFautes(trouvees);
    setErreur(null);
    if (Object.keys(trouvees).length > 0 || !sirenValide) {
      requestAnimationFrame(() => formulaire.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setEnCours(true);
    try {
      await creerDossier(
        {
          chemin,
          siren: sirenValide,
          nom: nom.trim(),
          ...(nature && isNature(nature) ? { nature } : {}),
          ...(jour ? { effet: jour } : {}),
          ...(precedent ? { depuis: precedent.chemin } : {}),
        },
        rpls,
      );
    } catch (cause) {
      setErreur(enErreur(cause));
    } finally {
      setEnCours(false);
    }
  }

  return (
    <div className="page page-seule">
      <div className="page-tete">
        <h1 className="titre-ecran">Nouvelle convention</h1>
      </div>
      <form ref={formulaire} className="creation" onSubmit={(e) => void creer(e)} noValidate aria-label="Nouvelle convention">
        {rpls && (
          <Bandeau ton="info" titre={`${nomDeFichier(rpls)} sera importé dès que le dossier existe.`}>
            {lus ? 'Le SIREN et le nom sont ceux de sa première ligne : les vérifier.' : 'Le SIREN donné ici est comparé à celui du fichier avant tout import.'}
          </Bandeau>
        )}
        <Reprise precedent={precedent} surChange={reprendre} />
        <Champ
          libelle="SIREN"
          article="L445-1"
          aide={precedent === null ? 'Neuf chiffres, clé vérifiée.' : 'Celui de la convention précédente.'}
          faute={fauteVive}
          complement={
            sirenValide && (
              <span className="siren-cle">
                <Check aria-hidden="true" /> clé vérifiée
              </span>
            )
          }
        >
          {({ id, decrit }) => (
            <Saisie
              id={id}
              aria-describedby={decrit}
              autoFocus
              inputMode="numeric"
              readOnly={precedent !== null}
              fautif={Boolean(fauteVive)}
              value={siren}
              onChange={(e) => {
                setSiren(e.target.value);
                setFautes(({ siren: _, ...reste }) => reste);
              }}
              onBlur={() => sirenValide && setSiren(formatSiren(sirenValide))}
            />
          )}
        </Champ>
        <Champ libelle="Nom de l’organisme" faute={fautes.nom}>
          {({ id, decrit }) => (
            <Saisie id={id} aria-describedby={decrit} fautif={Boolean(fautes.nom)} value={nom} onChange={(e) => setNom(e.target.value)} />
          )}
        </Champ>
        <Champ libelle="Nature" aide="Facultatif ici.">
          {({ id, decrit }) => (
            <Choix
              id={id}
              decrit={decrit}
              valeur={nature}
              surChoix={setNature}
              options={natures.map((n) => ({ valeur: n.valeur as string, libelle: `${n.libelle} (${n.valeur})` }))}
            />
          )}
        </Champ>
        <Champ libelle="Date d’effet" aide="Facultatif ici : jj/mm/aaaa. Elle donne les six années d’engagement." faute={fautes.effet}>
          {({ id, decrit }) => (
            <Saisie
              id={id}
              aria-describedby={decrit}
              placeholder="01/01/2026"
              fautif={Boolean(fautes.effet)}
              value={effet}
              onChange={(e) => setEffet(e.target.value)}
            />
          )}
        </Champ>
        {precedent?.echeance != null && isChevauchee(parseDate(effet), precedent.echeance) && (
          <Bandeau ton="attention" titre={`La convention en cours court jusqu’au ${date(precedent.echeance)}.`}>
            À cette date d’effet, les deux vaudraient ensemble : corriger l’une des dates, ou le justifier ensuite.
          </Bandeau>
        )}
        <Champ large libelle="Emplacement du dossier" aide="Un seul fichier .cus, à garder sur ce poste." faute={fautes.chemin}>
          {({ id, decrit }) => (
            <div className="creation-lieu">
              <Saisie
                id={id}
                aria-describedby={decrit}
                fautif={Boolean(fautes.chemin)}
                value={chemin}
                onChange={(e) => setChemin(e.target.value)}
              />
              <Bouton onClick={() => void choisirLieu()}>Choisir…</Bouton>
            </div>
          )}
        </Champ>
        {erreur && <Echec erreur={erreur} />}
        <div className="creation-actions">
          <Bouton type="submit" variante="principal" occupe={enCours}>
            Créer le dossier
          </Bouton>
          <Bouton variante="texte" onClick={() => aller({ nom: 'accueil' })}>
            Annuler
          </Bouton>
        </div>
      </form>
    </div>
  );
}
