// Texts whose objects are known already, so that nobody parses ten thousand files to learn that they did not change.
import { InputError } from '../input/error';
import type { Manifest } from './manifest';
import { readContent, withoutLists, type Content } from './read';

export class KnownTexts {
  private readonly byText = new Map<string, Content>();

  add(text: string, manifests: readonly Manifest[]): void {
    this.byText.set(text, { manifests, strays: [] });
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
    return withoutLists(this.content(file, text));
  }

  /** The same with what in it is no object. */
  content(file: string, text: string): Content {
    const known = this.byText.get(text);
    if (known === undefined) {
      const content = readContent(file, text);
      this.byText.set(text, content);
      return content;
    }
    const { manifests, strays } = known;
    if (manifests.every(({ source }) => source.file === file) && strays.length === 0) return known;
    return {
      manifests: manifests.map((manifest) => ({ ...manifest, source: { ...manifest.source, file } })),
      strays: strays.map((stray) => ({ ...stray, file })),
    };
  }
}
