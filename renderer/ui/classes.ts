/** Assemble des noms de classe en laissant tomber ce qui ne s'applique pas. */
export function classes(...noms: (string | false | null | undefined)[]): string {
  return noms.filter(Boolean).join(' ');
}
