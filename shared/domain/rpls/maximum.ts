/** Un loyer maximum déclaré à 0 € n'en est pas un. */
export const positif = (n: number | null): number | null => (n === 0 ? null : n);

/** Loyer maximum d'un logement, en centimes : LOYERMAXCUS, sinon LOYERMAXAPL ; `null` sans l'un ni l'autre. */
export const maximumDeclare = (cus: number | null, apl: number | null): number | null => positif(cus) ?? positif(apl);
