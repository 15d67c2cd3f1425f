/** Contenu d'un conteneur, lu une fois pour la vérification sous un budget commun. */
import { createHash } from 'node:crypto';
import { illisible } from './erreurs.ts';
import { echeance, EntreeAlteree, scanEntree, type Budget, type Paquet } from './lire.ts';
import type { Algorithme } from './manifeste.ts';
import { showNom } from './noms-entrees.ts';

/** Manifestes, signatures et listes tiennent en mémoire ; au-delà ce n'en sont pas. */
const MAX_META = 10_000_000;

export class Contenu {
  readonly noms: string[];
  private readonly paquet: Paquet;
  private readonly signal: AbortSignal | undefined;
  private readonly budget: Budget;
  private readonly lus = new Set<string>();
  private readonly empreintes = new Map<string, Buffer | null>();

  constructor(paquet: Paquet, signal?: AbortSignal) {
    this.paquet = paquet;
    this.signal = signal;
    this.noms = [...paquet.entrees.keys()];
    this.budget = { octets: paquet.limites.octets, echeance: echeance(paquet.limites) };
  }

  /** Empreinte d'un fichier présent ; `null` si son contenu n'est pas celui que l'archive annonce. */
  async hash(nom: string, algorithme: Algorithme): Promise<Buffer | null> {
    const cle = `${algorithme} ${nom}`;
    const connue = this.empreintes.get(cle);
    if (connue !== undefined) return connue;
    const hachage = createHash(algorithme);
    const intact = await this.scan(nom, (morceau) => hachage.update(morceau));
    const empreinte = intact ? hachage.digest() : null;
    this.empreintes.set(cle, empreinte);
    return empreinte;
  }

  /** Octets d'un petit fichier de service ; `null` s'il est abîmé. */
  async read(nom: string): Promise<Buffer | null> {
    if ((this.paquet.entrees.get(nom)?.annonce ?? 0) > MAX_META) throw illisible(`${showNom(nom)} est trop grand.`);
    const morceaux: Buffer[] = [];
    return (await this.scan(nom, (morceau) => morceaux.push(morceau))) ? Buffer.concat(morceaux) : null;
  }

  async readTexte(nom: string): Promise<string | null> {
    return (await this.read(nom))?.toString('latin1') ?? null;
  }

  /** Lit ce qui ne l'a pas encore été ; rend les noms des fichiers abîmés. */
  async readTout(): Promise<string[]> {
    const abimes: string[] = [];
    for (const nom of this.noms) if ((await this.hash(nom, 'sha256')) === null) abimes.push(nom);
    return abimes;
  }

  /** Seule la première lecture d'un fichier compte dans le budget d'octets. */
  private async scan(nom: string, onMorceau: (morceau: Buffer) => void): Promise<boolean> {
    const entree = this.paquet.entrees.get(nom);
    if (!entree) throw new Error(`entrée absente : ${nom}`);
    const budget = this.lus.has(nom) ? { ...this.budget, octets: this.paquet.limites.octets } : this.budget;
    try {
      await scanEntree(this.paquet, entree, onMorceau, budget, this.signal);
      this.lus.add(nom);
      return true;
    } catch (cause) {
      if (cause instanceof EntreeAlteree) return false;
      throw cause;
    }
  }
}
