import { InputError } from '../../../lib/input/error';
import { decode, documentValue, parseDocuments } from '../../../lib/manifests/read';
import type { Json } from '../../../lib/manifests/manifest';
import { yamlText } from '../generate/yaml';
import type { Kind } from './kind';

const FILE = 'given.yaml';

function say(text: string): Json {
  try {
    return parseDocuments(FILE, decode(FILE, Buffer.from(text)))
      .map((document) => documentValue(FILE, document))
      .filter((value) => value !== null);
  } catch (thrown) {
    if (thrown instanceof InputError) return { refused: thrown.message };
    throw thrown;
  }
}

export const read: Kind<string> = {
  name: 'read',
  what: 'YAML texts: the values of their documents, or a refusal',
  ours: 'lib/manifests/read.ts',
  upstream: 'apimachinery `util/yaml` (documents), sigs.k8s.io/yaml (values)',
  draw: yamlText,
  say,
};
