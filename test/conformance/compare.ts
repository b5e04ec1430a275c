// Holds what the project says of a case against what upstream says.
import { isObject, type Json } from '../../lib/manifests/manifest';
import { canonical } from './canonical';
import { EXCEPTIONS, type Exception } from './exceptions';
import { REFUSED, type Kind } from './kinds/kind';

export type Comparison =
  | { readonly outcome: 'same'; readonly ours: Json }
  | { readonly outcome: 'excepted'; readonly ours: Json; readonly exception: Exception }
  | { readonly outcome: 'different'; readonly ours: Json };

function compared(kind: Kind, said: Json): string {
  const what = isObject(said) && 'refused' in said ? REFUSED : said;
  return canonical(kind.compared?.(what) ?? what);
}

export function compare(kind: Kind, input: unknown, theirs: Json): Comparison {
  const ours = kind.say(input);
  if (compared(kind, ours) === compared(kind, theirs)) return { outcome: 'same', ours };
  const exception = EXCEPTIONS.find(
    (one) => one.kinds.includes(kind.name) && one.explains({ input, ours, theirs }),
  );
  return exception === undefined ? { outcome: 'different', ours } : { outcome: 'excepted', ours, exception };
}
