import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Bouton } from './Bouton.tsx';

/** Copie un texte ; le bouton dit lui-même que c'est fait. */
export function Copier({ texte, libelle = 'Copier' }: { texte: string; libelle?: string }) {
  const [etat, setEtat] = useState<'repos' | 'fait' | 'echec'>('repos');
  async function copier() {
    try {
      await navigator.clipboard.writeText(texte);
      setEtat('fait');
    } catch {
      setEtat(copierParSelection(texte) ? 'fait' : 'echec');
    }
  }
  const mot = etat === 'fait' ? 'Copié' : etat === 'echec' ? 'Copie impossible : sélectionner le texte puis Ctrl+C' : libelle;
  return (
    <Bouton icone={etat === 'fait' ? Check : Copy} onClick={() => void copier()} onBlur={() => setEtat('repos')}>
      {mot}
    </Bouton>
  );
}

/** Sans permission d'écrire dans le presse-papiers, la copie d'une sélection reste possible. */
function copierParSelection(texte: string): boolean {
  const zone = document.createElement('textarea');
  zone.value = texte;
  zone.className = 'hors-vue';
  document.body.append(zone);
  zone.select();
  const fait = document.execCommand('copy');
  zone.remove();
  return fait;
}
