/** Ce que dit, sous chaque tableau masqué, la lettre qui tient la place d'un effectif. */
export const LEGENDE_MASQUE =
  '« s » : effectif masqué. Les effectifs de moins de onze logements le sont (R411-5), zéro compris, et avec eux ce qu’il faut pour qu’aucun ne se déduise par différence, ni du nombre de logements. Une réponse à l’enquête qu’aucun ménage de l’organisme n’a donnée est dite à zéro. Le nombre de logements n’est jamais masqué (R445-3).';
