// Ce que pdfmake a sous Node et que ses types ne disent pas.
declare module 'pdfmake/build/fonts/Roboto.js' {
  const conteneur: { vfs: Record<string, { data: string; encoding: 'base64' }> };
  export default conteneur;
}
