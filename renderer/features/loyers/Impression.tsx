import { Printer } from 'lucide-react';
import { useState } from 'react';
import type { Entree } from '../../../shared/contract.ts';
import { FORMATS } from '../../../shared/domain/carte/dessin.ts';
import { useOperation } from '../../app/operation.ts';
import { Bouton, Echec, Menu } from '../../ui/index.ts';
import { accord, nombre, nomDeFichier } from '../../ui/format.ts';
import type { Maille, Mesure } from './mesures.ts';
import { useReglages } from './reglages.ts';

type Format = keyof typeof FORMATS;
/** Points du PNG par pouce. */
const RESOLUTION = 200;

/** La feuille de ce que la carte montre, comparaison et sélection comprises, en PDF ou en PNG, A4 ou A3, cadrée sur le parc ou sur la vue. */
export function Impression({ mesure, comparee, maille, scenario, scenarioCompare, bornes, vue }: { mesure: Mesure; scenario: number | null; /** Celui de la seconde carte ; `null` : le même. */ scenarioCompare: number | null; comparee: Mesure | null; maille: Maille; bornes: readonly number[] | null; vue: () => Entree<'carte.dessiner'>['etendue'] }) {
  const r = useReglages();
  const imprimer = useOperation('carte.imprimer', false);
  const dessiner = useOperation('carte.dessiner', false);
  const ecrire = useOperation('carte.ecrireImage', false);
  const [dit, setDit] = useState('');
  const feuille = (format: Format, surVue: boolean): Entree<'carte.dessiner'> => {
    const etendue = surVue ? vue() : undefined;
    return {
      par: maille, surface: r.surface, mesure, methode: r.methode, nombre: r.nombre, format,
      ...(bornes ? { bornes: [...bornes] } : {}), ...(r.annee === null ? {} : { annee: r.annee }), ...(scenario === null ? {} : { scenario }), ...(etendue ? { etendue } : {}),
      ...(comparee === null ? {} : { comparee }), ...(scenarioCompare === null ? {} : { scenarioCompare }), ...(r.selection.retenues.size > 0 ? { selection: [...r.selection.retenues] } : {}), ...(r.retenues.length > 0 ? { retenues: r.retenues } : {}),
    };
  };
  async function lancer(format: Format, extension: 'pdf' | 'png', surVue: boolean) {
    setDit('');
    const destination = await window.atelier.choisirDestination({ titre: 'Imprimer la carte', filtres: [{ nom: extension === 'pdf' ? 'PDF' : 'Image PNG', extensions: [extension] }], defaut: `carte-loyers-${format}.${extension}` });
    if (!destination) return;
    if (extension === 'pdf') {
      const fait = await imprimer.lancer({ ...feuille(format, surVue), destination });
      if (fait) setDit(direFeuille(fait.chemin, fait.echelle, fait.hors));
      return;
    }
    const lue = await dessiner.lancer(feuille(format, surVue));
    if (!lue) return;
    const fait = await ecrire.lancer({ destination, format, png: await peindre(lue.svg, format) });
    if (fait) setDit(direFeuille(fait.chemin, lue.echelle, lue.hors));
  }
  const erreur = imprimer.erreur ?? dessiner.erreur ?? ecrire.erreur;
  const choix = (extension: 'pdf' | 'png', surVue: boolean) =>
    (Object.keys(FORMATS) as Format[]).map((f) => ({ libelle: `${extension === 'pdf' ? 'PDF' : 'Image PNG'} ${f}, ${surVue ? 'ce que la carte montre' : 'tout le parc'}`, action: () => void lancer(f, extension, surVue) }));
  return (
    <>
      <Menu
        declencheur={
          <Bouton variante="texte" icone={Printer} occupe={imprimer.enCours || dessiner.enCours || ecrire.enCours}>
            {comparee === null ? 'Imprimer la carte' : 'Imprimer les cartes'}
          </Bouton>
        }
        lignes={[...choix('pdf', false), ...choix('pdf', true), 'separateur', ...choix('png', false), ...choix('png', true)]}
      />
      {dit !== '' && (
        <p className="doux petit" role="status">
          {dit}
        </p>
      )}
      {erreur && <Echec erreur={erreur} fermer={() => { imprimer.effacer(); dessiner.effacer(); ecrire.effacer(); }} />}
    </>
  );
}

const direFeuille = (chemin: string, echelle: number, hors: number): string =>
  `Carte écrite à l’échelle 1 : ${nombre(echelle)}, ${nomDeFichier(chemin)}${hors > 0 ? ` ; ${accord(hors, 'hors de la feuille', 'hors de la feuille')}` : ''}.`;

/** Le même SVG que le PDF, peint à sa taille ; rendu en base 64, sans entête. */
async function peindre(svg: string, format: Format): Promise<string> {
  const [largeur, hauteur] = FORMATS[format];
  const toile = document.createElement('canvas');
  toile.width = Math.round((largeur / 72) * RESOLUTION);
  toile.height = Math.round((hauteur / 72) * RESOLUTION);
  const image = new Image();
  const adresse = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    image.src = adresse;
    await image.decode();
    toile.getContext('2d')?.drawImage(image, 0, 0, toile.width, toile.height);
  } finally {
    URL.revokeObjectURL(adresse);
  }
  const blob = await new Promise<Blob | null>((resolve) => { toile.toBlob(resolve, 'image/png'); });
  const octets = new Uint8Array(await (blob ?? new Blob()).arrayBuffer());
  let binaire = '';
  for (let i = 0; i < octets.length; i += 32_768) binaire += String.fromCharCode(...octets.subarray(i, i + 32_768));
  return btoa(binaire);
}
