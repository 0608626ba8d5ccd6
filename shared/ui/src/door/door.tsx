import type { CSSProperties, ReactNode } from 'react';
import './door.css';

/**
 * The doorway in perspective. `opening` (0…1) is data: see `doorOpening`. `isHeld` draws a closed door with a seam of
 * light: somebody waits for something. Give it a size through `className`; children stand on the light or on the leaf.
 */
export type DoorProps = {
  opening: number;
  isHeld?: boolean;
  /** Draw the light on the floor and around the door. */
  hasSpill?: boolean;
  className?: string;
  children?: ReactNode;
};

type DoorStyle = CSSProperties & { '--door-open': number };

function look({ opening, isHeld = false }: DoorProps) {
  const style: DoorStyle = { '--door-open': opening };
  return {
    style,
    'data-door': opening > 0 ? 'lit' : isHeld ? 'held' : 'closed',
    'data-narrow': opening > 0.86 ? '' : undefined,
  };
}

function Drawing({ opening, isHeld = false, hasSpill = false, children }: DoorProps) {
  return (
    <>
      {hasSpill && <span className="door-glow" aria-hidden="true" />}
      {hasSpill && <span className="door-spill" aria-hidden="true" />}
      <span className="door-jamb" aria-hidden="true" />
      <span className="door-frame" aria-hidden="true">
        {opening > 0 && <span className="door-light" />}
        {opening > 0 && <span className="door-shade" />}
        <span className="door-leaf" />
        <span className="door-edge" />
        <span className="door-knob" />
        {opening <= 0 && isHeld && <span className="door-seam" />}
      </span>
      <span className="door-content">{children}</span>
    </>
  );
}

/** A door to look at. */
export function Door(props: DoorProps) {
  return (
    <div className={`door ${props.className ?? ''}`} {...look(props)}>
      <Drawing {...props} />
    </div>
  );
}

/**
 * A door to go through: one large button. Its accessible name is what is written on it, or `label`; `describedBy` is the
 * id of what else stands there and changes by itself, such as a countdown (hide that one from the name).
 */
export function DoorButton({
  label,
  describedBy,
  onPress,
  ...door
}: DoorProps & { label?: string | undefined; describedBy?: string | undefined; onPress: () => void }) {
  return (
    <button
      type="button"
      className={`door ${door.className ?? ''}`}
      aria-label={label}
      aria-describedby={describedBy}
      onClick={onPress}
      {...look(door)}
    >
      <Drawing {...door} />
    </button>
  );
}
