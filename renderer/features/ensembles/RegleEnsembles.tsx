export function RegleEnsembles(_: { lectureSeule: boolean; fermer: () => void }) { return null; }
