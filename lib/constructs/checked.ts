// Props are checked as configs are: in somebody else's app they may come from JavaScript, JSON or a cast.
import type { Construct } from 'constructs';
import { InputError } from '../input/error';
import type { Violation } from '../input/schema';

/** Where a construct is going to be, and its class. */
export interface Place {
  readonly scope: Construct;
  readonly id: string;
  readonly type: string;
}

/** One error with everything that is wrong: an app that nobody guards shows its message and no more. */
export function checked<T>(props: T, check: (props: T) => readonly Violation[], place: Place): T {
  const found = check(props);
  if (found.length === 0) return props;
  const at = [place.scope.node.path, place.id].filter((part) => part !== '').join('/');
  throw new InputError(
    found.map(({ path, message, remedy, excerpt }) => ({
      message: [
        `${place.type} '${at}'${path === '' ? '' : `, ${path}`}: ${message}`,
        ...(excerpt === undefined ? [] : [`\n${excerpt}\n`]),
        ...(remedy === undefined ? [] : [` (${remedy})`]),
      ].join(''),
    })),
  );
}
