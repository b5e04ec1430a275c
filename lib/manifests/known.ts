// Texts whose objects are known already, so that nobody parses ten thousand files to learn that they did not change.
import { InputError } from '../input/error';
import type { Manifest } from './manifest';
import { readManifests } from './read';

export class KnownTexts {
  private readonly byText = new Map<string, readonly Manifest[]>();

  add(text: string, manifests: readonly Manifest[]): void {
    this.byText.set(text, manifests);
  }

  texts(): IterableIterator<string> {
    return this.byText.keys();
  }

  /** The same of a text that may be none of a manifest, such as a patch: nothing where it cannot be read as one. */
  readIfAny(file: string, text: string): readonly Manifest[] {
    try {
      return this.read(file, text);
    } catch (thrown) {
      if (thrown instanceof InputError) return [];
      throw thrown;
    }
  }

  /** The objects of a text, in the file that it stands in now; parsed only where the text is new. */
  read(file: string, text: string): readonly Manifest[] {
    const known = this.byText.get(text);
    if (known === undefined) {
      const manifests = readManifests(file, text);
      this.byText.set(text, manifests);
      return manifests;
    }
    if (known.every(({ source }) => source.file === file)) return known;
    return known.map((manifest) => ({ ...manifest, source: { ...manifest.source, file } }));
  }
}
