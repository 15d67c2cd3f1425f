import { Component, type ReactNode } from 'react';
import { Bandeau, Bouton } from '../ui/index.ts';

/** Un écran qui tombe ne laisse jamais une fenêtre blanche, et n'emporte pas les autres. */
export class Rattrapage extends Component<{ lieu: string; children: ReactNode }, { chute: string | null; lieu: string }> {
  override state: { chute: string | null; lieu: string } = { chute: null, lieu: this.props.lieu };

  static getDerivedStateFromError(cause: unknown) {
    return { chute: cause instanceof Error ? cause.message : String(cause) };
  }

  /** Changer d'écran remet le rattrapage à neuf. */
  static getDerivedStateFromProps(props: { lieu: string }, etat: { lieu: string }) {
    return props.lieu === etat.lieu ? null : { chute: null, lieu: props.lieu };
  }

  override render() {
    if (this.state.chute === null) return this.props.children;
    return (
      <div className="rattrapage">
        <Bandeau
          ton="erreur"
          titre="Cet écran s’est arrêté."
          actions={<Bouton onClick={() => this.setState({ chute: null })}>Afficher de nouveau</Bouton>}
        >
          <p>Ce qui est enregistré est en sûreté dans le dossier. Afficher de nouveau l’écran, ou passer à un autre.</p>
          <p className="petit doux">{this.state.chute}</p>
        </Bandeau>
      </div>
    );
  }
}
